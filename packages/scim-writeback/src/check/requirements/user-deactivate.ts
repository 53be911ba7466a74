import { expectSuccess, fail, notTried } from '../judge.ts';
import { deactivatedUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { activeOf } from '../scim-answers.ts';
import { deprovisionAction } from '../sources.ts';

export const userDeactivate: Requirement = {
  code: 'user-deactivate',
  title: 'A user is deactivated',
  source: deprovisionAction,
  fix: 'Take {"op": "replace", "path": "active", "value": false}, end what the user may do, and show active as false.',
  writes: true,
  async check(probe) {
    const { answer, shown } = await deactivatedUser(probe);
    expectSuccess('the PATCH', answer);
    if (shown.status !== 200) notTried('it cannot be read afterwards', 'user-deactivated-kept');
    if (activeOf(shown) !== false) fail('a user who was deactivated is not shown as inactive');
  },
};
