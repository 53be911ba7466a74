import { notTried, succeeded, warn } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { partOf } from '../scim-answers.ts';
import type { Answer } from '../wire.ts';

function versionOf(answer: Answer): string {
  return JSON.stringify([partOf(answer, 'meta', 'lastModified'), partOf(answer, 'meta', 'version')]);
}

export const patchNoOp: Requirement = {
  code: 'patch-no-op',
  title: 'What changes nothing leaves lastModified as it is',
  source: 'RFC 7644 s3.5.2.1',
  fix: 'Leave meta.lastModified and meta.version as they are when a PATCH sets what is there already.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const operation = { op: 'replace', path: 'displayName', value: 'The same' } as const;
    if (!succeeded(await probe.patch(user, operation))) notTried('the PATCH is refused', 'patch-replace');
    const before = versionOf(await probe.readBack(user));
    if (!succeeded(await probe.patch(user, operation))) notTried('the second PATCH is refused', 'patch-repeat');
    if (versionOf(await probe.readBack(user)) !== before)
      warn('a PATCH that changes nothing changes lastModified or version');
  },
};
