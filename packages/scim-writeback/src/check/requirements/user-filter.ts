import { somebodyAnswer } from '../filter-users.ts';
import { answered, fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { resourcesOf } from '../scim-answers.ts';
import { showsName } from '../shows-name.ts';
import { endpoints } from '../sources.ts';

export const userFilter: Requirement = {
  code: 'user-filter',
  title: 'A user is found by userName, and nobody else',
  source: endpoints,
  fix: 'Evaluate filter=userName eq "{username}" on every user, also on one that was made just before.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const answer = await somebodyAnswer(probe);
    const found = resourcesOf(answer);
    if (found === undefined) fail(`the filter is answered with ${answered(answer)}, and no list`);
    if (found.length === 0) fail('a user who is there is not found by userName');
    if (found.length > 1) fail(`the userName of one user finds ${found.length}`);
    if (!found.every((body) => showsName({ status: 200, body }, user)))
      fail('the filter finds somebody with another userName');
  },
};
