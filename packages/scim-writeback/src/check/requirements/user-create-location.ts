import { warn } from '../judge.ts';
import { firstUser, somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { partOf } from '../scim-answers.ts';

export const userCreateLocation: Requirement = {
  code: 'user-create-location',
  title: 'A user who was made has a Location',
  source: 'RFC 7644 s3.3',
  fix: 'Send with 201 the header Location, with the URL that meta.location has, too.',
  writes: true,
  async check(probe) {
    await somebody(probe);
    const { answer } = await firstUser(probe);
    const { location } = answer.headers;
    if (location === undefined) warn('the answer to the POST of a user has no Location');
    const shown = partOf(answer, 'meta', 'location');
    if (shown !== undefined && shown !== location) warn('the header Location is not meta.location');
  },
};
