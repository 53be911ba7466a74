import { answered, fail, notTried, succeeded, warn } from '../judge.ts';
import { deletedUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { deleteAction } from '../sources.ts';

export const userDeleteRepeat: Requirement = {
  code: 'user-delete-repeat',
  title: 'The second DELETE of a user is not found',
  source: `${deleteAction}; RFC 7644 s3.6`,
  fix: 'Answer DELETE of an id that is not there with 404: a tenant sends a request again when its answer was lost.',
  writes: true,
  async check(probe) {
    const { user, answer } = await deletedUser(probe);
    if (!succeeded(answer)) notTried('no user could be deleted', 'user-delete');
    const second = await probe.delete(user);
    if (second.status >= 500) fail(`the second DELETE is answered with ${answered(second)}`);
    if (second.status !== 404) warn(`the second DELETE is answered with ${answered(second)}`);
  },
};
