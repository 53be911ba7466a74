import { answered, expectSuccess, fail, warn } from '../judge.ts';
import { deletedUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { deleteAction } from '../sources.ts';

export const userDelete: Requirement = {
  code: 'user-delete',
  title: 'A user is deleted',
  source: `${deleteAction}; RFC 7644 s3.6`,
  fix: 'Answer DELETE /Users/{id} with 204, and GET of the id with 404 from then on. It is needed only for the action Delete Identity.',
  writes: true,
  async check(probe) {
    const { answer, shown } = await deletedUser(probe);
    expectSuccess('the DELETE of a user', answer);
    if (shown.status === 200) fail('a user who was deleted is still there');
    if (shown.status !== 404) warn(`a user who was deleted is answered with ${answered(shown)}`);
    if (answer.status !== 204) warn(`a DELETE is answered with HTTP ${answer.status} and not 204`);
  },
};
