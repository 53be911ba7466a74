import { expectSuccess, fail } from '../judge.ts';
import { newUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { activeOf, textOf } from '../scim-answers.ts';
import { updateUserAction } from '../sources.ts';

export const patchSeveral: Requirement = {
  code: 'patch-several',
  title: 'Several attributes are replaced in one request',
  source: `${updateUserAction}; RFC 7644 s3.5.2`,
  fix: 'Carry out every one of Operations, in their order.',
  writes: true,
  async check(probe) {
    const user = await newUser(probe);
    const value = 'Replaced together';
    const answer = await probe.patch(
      user,
      { op: 'replace', path: 'displayName', value },
      { op: 'replace', path: 'active', value: false },
    );
    expectSuccess('the PATCH with two operations', answer);
    const shown = await probe.readBack(user);
    if (textOf(shown, 'displayName') !== value) fail('of two operations the first was not carried out');
    if (activeOf(shown) !== false) fail('of two operations the second was not carried out');
  },
};
