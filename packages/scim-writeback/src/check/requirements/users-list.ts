import { answered, Finding, fail } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { idOf, resourcesOf } from '../scim-answers.ts';
import { usersPage } from '../shared-answers.ts';
import { endpoints } from '../sources.ts';

export const usersList: Requirement = {
  code: 'users-list',
  title: 'The users are listed',
  source: endpoints,
  fix: 'Answer GET /Users with 200 and a ListResponse, whose Resources have an id each. For another path set users_endpoint; scim_url ends before /Users.',
  writes: false,
  async check(probe) {
    const answer = await usersPage(probe);
    const resources = resourcesOf(answer);
    // Where nothing is, or something else, all that follows would be wrong in the same way.
    if (resources === undefined && (answer.body === undefined || [301, 302, 307, 308, 404].includes(answer.status))) {
      throw new Finding('failed', `no list of users is there: ${answered(answer)}`, true);
    }
    if (resources === undefined) fail(`the answer is no list of users: ${answered(answer)}`);
    if (resources.some((body) => idOf({ body }) === undefined))
      fail('users are listed without an id, or with one that is no text');
  },
};
