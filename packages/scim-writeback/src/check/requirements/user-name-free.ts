import { answered, fail, notTried, succeeded } from '../judge.ts';
import { newUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { userBody } from '../sent-bodies.ts';

export const userNameFree: Requirement = {
  code: 'user-name-free',
  title: 'The userName of a user who was deleted is free again',
  source: 'RFC 7644 s3.6',
  fix: 'Leave whoever was deleted out of the test for uniqueness: who comes back gets the user name again.',
  writes: true,
  async check(probe) {
    const user = await newUser(probe);
    if (!succeeded(await probe.delete(user))) notTried('no user could be deleted', 'user-delete');
    if ((await probe.read(user)).status === 200) notTried('a user who was deleted is still there', 'user-delete');
    const { answer } = await probe.post('Users', userBody(user.name));
    if (!succeeded(answer)) fail(`the userName of a user who was deleted is answered with ${answered(answer)}`);
  },
};
