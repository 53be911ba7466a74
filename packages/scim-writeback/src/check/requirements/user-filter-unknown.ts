import { expectNobodyNamed } from '../filter-users.ts';
import type { Requirement } from '../requirement.ts';
import { updateUserAction } from '../sources.ts';

export const userFilterUnknown: Requirement = {
  code: 'user-filter-unknown',
  title: 'A userName that nobody has gives an empty list',
  source: `${updateUserAction}; RFC 7644 s3.4.2`,
  fix: 'Evaluate the filter, and answer with 200 and totalResults 0 when it finds nobody, not with 404.',
  writes: false,
  async check(probe) {
    await expectNobodyNamed(probe, probe.session.newName('nobody'));
  },
};
