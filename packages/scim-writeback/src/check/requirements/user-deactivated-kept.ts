import { requireFilter, usersNamed } from '../filter-users.ts';
import { answered, fail, notTried, succeeded } from '../judge.ts';
import { deactivatedUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { deprovisionAction } from '../sources.ts';

export const userDeactivatedKept: Requirement = {
  code: 'user-deactivated-kept',
  title: 'A user who was deactivated is still there',
  source: `${deprovisionAction} ("preserves the user record")`,
  fix: 'Keep the record: GET /Users/{id} and the filter on userName show a deactivated user as any other.',
  writes: true,
  async check(probe) {
    const { user, answer, shown } = await deactivatedUser(probe);
    if (!succeeded(answer)) notTried('no user could be deactivated', 'user-deactivate');
    if (shown.status !== 200) fail(`a user who was deactivated is answered with ${answered(shown)}`);
    await requireFilter(probe);
    if ((await usersNamed(probe, user.name)).length === 0) fail('a user who was deactivated is not found by userName');
  },
};
