import { nobodyAnswer } from '../filter-users.ts';
import { answered, fail } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { resourcesOf } from '../scim-answers.ts';
import { updateUserAction } from '../sources.ts';

export const userFilterUnknown: Requirement = {
  code: 'user-filter-unknown',
  title: 'A userName that nobody has gives an empty list',
  source: `${updateUserAction}; RFC 7644 s3.4.2`,
  fix: 'Evaluate the filter, and answer with 200 and totalResults 0 when it finds nobody, not with 404.',
  writes: false,
  async check(probe) {
    const answer = await nobodyAnswer(probe);
    const users = resourcesOf(answer);
    if (users === undefined) fail(`the filter is answered with ${answered(answer)}, and no list`);
    // The tenant would change a stranger.
    if (users.length > 0)
      fail(`a userName that nobody has finds ${users.length === 1 ? 'a user' : `${users.length} users`}`);
  },
};
