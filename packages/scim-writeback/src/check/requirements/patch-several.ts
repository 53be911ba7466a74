import { expectSuccess, fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { textOf } from '../scim-answers.ts';
import { updateUserAction } from '../sources.ts';

export const patchSeveral: Requirement = {
  code: 'patch-several',
  title: 'Several attributes are replaced in one request',
  source: `${updateUserAction}; RFC 7644 s3.5.2`,
  fix: 'Carry out every one of Operations, in their order.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    // Replaced by what is there already, so that only one of the two can be seen to be missing.
    const other = { op: 'replace', path: 'active', value: true } as const;
    const named = (value: string) => ({ op: 'replace', path: 'displayName', value }) as const;
    expectSuccess('a PATCH with two operations', await probe.patchAll(user, [named('First'), other]));
    if (textOf(await probe.readBack(user), 'displayName') !== 'First')
      fail('of two operations the first was not carried out');
    expectSuccess('a PATCH with two operations', await probe.patchAll(user, [other, named('Last')]));
    if (textOf(await probe.readBack(user), 'displayName') !== 'Last')
      fail('of two operations the last was not carried out');
  },
};
