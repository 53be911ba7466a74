import { expectSuccess, fail, notTried, warn } from '../judge.ts';
import { firstUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { createUserAction } from '../sources.ts';

export const userCreate: Requirement = {
  code: 'user-create',
  title: 'A user is made, and its id answered',
  source: createUserAction,
  fix: 'Take POST /Users with the body shown, which has all that the tenant sends, and answer with 201 and the user with its id, a text that is not empty.',
  writes: true,
  async check(probe) {
    const { answer, made } = await firstUser(probe);
    if (answer.status === 401 || answer.status === 403)
      notTried('the credential may not make a user', 'credential-writes');
    expectSuccess('the POST of a user', answer);
    if (made.id === undefined) fail('the answer to the POST of a user has no id, or one that is no text');
    if (answer.status !== 201) warn(`a user who was made is answered with HTTP ${answer.status} and not 201`);
  },
};
