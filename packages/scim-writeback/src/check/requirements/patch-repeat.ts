import { expectSuccess, notTried, succeeded } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';

export const patchRepeat: Requirement = {
  code: 'patch-repeat',
  title: 'The same change twice is a success twice',
  source: 'RFC 7644 s3.5.2.1 (no change is a success)',
  fix: 'Answer a PATCH that changes nothing as one that does: a tenant sends a request again when its answer was lost.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const operation = { op: 'replace', path: 'displayName', value: 'Twice' } as const;
    if (!succeeded(await probe.patch(user, operation))) notTried('it is refused the first time', 'patch-replace');
    expectSuccess('the same PATCH a second time', await probe.patch(user, operation));
  },
};
