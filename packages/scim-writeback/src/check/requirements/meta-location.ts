import { warn } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { partOf } from '../scim-answers.ts';

export const metaLocation: Requirement = {
  code: 'meta-location',
  title: 'A user says where it is',
  source: 'RFC 7643 s3.1',
  fix: 'Send meta.location as a whole URL, which ends with the id.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const location = partOf(await probe.readBack(user), 'meta', 'location');
    if (typeof location !== 'string') warn('a user has no meta.location');
    if (!URL.canParse(location)) warn('meta.location is no whole URL');
  },
};
