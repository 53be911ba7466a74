import { expectSuccess, fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { textOf } from '../scim-answers.ts';
import { updateUserAction } from '../sources.ts';

export const patchReplace: Requirement = {
  code: 'patch-replace',
  title: 'An attribute of a user is replaced',
  source: updateUserAction,
  fix: 'Take PATCH /Users/{id} with {"op": "replace", "path": "displayName", "value": "..."}, and answer with 200 and the user, or 204.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const value = 'Replaced once';
    expectSuccess('the PATCH', await probe.patch(user, { op: 'replace', path: 'displayName', value }));
    if (textOf(await probe.readBack(user), 'displayName') !== value)
      fail('displayName was replaced and is not as it was sent');
  },
};
