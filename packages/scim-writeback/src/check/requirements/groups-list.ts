import { answered, fail } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { idOf, resourcesOf } from '../scim-answers.ts';
import { firstPage } from '../shared-answers.ts';
import { endpoints } from '../sources.ts';

export const groupsList: Requirement = {
  code: 'groups-list',
  title: 'The groups are listed',
  source: endpoints,
  fix: 'Answer GET /Groups with 200 and a ListResponse, whose Resources have an id each. For another path set groups_endpoint.',
  writes: false,
  async check(probe) {
    const answer = await probe.list('Groups', firstPage);
    const resources = resourcesOf(answer);
    if (resources === undefined) fail(`the answer is no list of groups: ${answered(answer)}`);
    if (resources.some((body) => idOf({ body }) === undefined))
      fail('groups are listed without an id, or with one that is no text');
  },
};
