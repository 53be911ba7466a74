import { requireFilter, usersNamed } from '../filter-users.ts';
import { answered, fail, notTried, succeeded } from '../judge.ts';
import { newUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { deprovisionAction } from '../sources.ts';

export const userDeactivatedKept: Requirement = {
  code: 'user-deactivated-kept',
  title: 'A user who was deactivated is still there',
  source: `${deprovisionAction} ("preserves the user record")`,
  fix: 'Keep the record: GET /Users/{id} and the filter on userName show a deactivated user as any other.',
  writes: true,
  async check(probe) {
    await requireFilter(probe);
    const user = await newUser(probe);
    const patched = await probe.patch(user, { op: 'replace', path: 'active', value: false });
    if (!succeeded(patched)) notTried('no user could be deactivated', 'user-deactivate');
    const shown = await probe.read(user);
    if (shown.status !== 200) fail(`a user who was deactivated is answered with ${answered(shown)}`);
    if ((await usersNamed(probe, user.name)).length === 0) fail('a user who was deactivated is not found by userName');
  },
};
