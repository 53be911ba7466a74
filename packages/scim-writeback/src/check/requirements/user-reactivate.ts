import { expectSuccess, fail, notTried, succeeded } from '../judge.ts';
import { deactivatedUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { activeOf } from '../scim-answers.ts';
import { updateUserAction } from '../sources.ts';

export const userReactivate: Requirement = {
  code: 'user-reactivate',
  title: 'A user who was deactivated is activated again',
  source: updateUserAction,
  fix: 'Take {"op": "replace", "path": "active", "value": true} for a user who is inactive.',
  writes: true,
  async check(probe) {
    const { user, answer, shown } = await deactivatedUser(probe);
    if (!succeeded(answer)) notTried('no user could be deactivated', 'user-deactivate');
    if (shown.status !== 200) notTried('a user who was deactivated is gone', 'user-deactivated-kept');
    expectSuccess('the PATCH', await probe.patch(user, { op: 'replace', path: 'active', value: true }));
    if (activeOf(await probe.readBack(user)) !== true) fail('a user who was activated again is not shown as active');
  },
};
