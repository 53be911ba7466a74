import { answered, fail, notTried, succeeded } from '../judge.ts';
import { deletedUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { userBody } from '../sent-bodies.ts';

export const userNameFree: Requirement = {
  code: 'user-name-free',
  title: 'The userName of a user who was deleted is free again',
  source: 'RFC 7644 s3.6',
  fix: 'Leave whoever was deleted out of the test for uniqueness: who comes back gets the user name again.',
  writes: true,
  async check(probe) {
    const { user, answer, shown } = await deletedUser(probe);
    if (!succeeded(answer)) notTried('no user could be deleted', 'user-delete');
    if (shown.status === 200) notTried('a user who was deleted is still there', 'user-delete');
    const again = (await probe.post('Users', userBody(user.name))).answer;
    if (!succeeded(again)) fail(`the userName of a user who was deleted is answered with ${answered(again)}`);
  },
};
