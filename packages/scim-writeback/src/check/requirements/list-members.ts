import { isJsonObject } from '../../client/json.ts';
import { notTried, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { resourcesOf } from '../scim-answers.ts';
import { usersPage } from '../shared-answers.ts';

const known = new Set([
  'schemas',
  'totalResults',
  'startIndex',
  'itemsPerPage',
  'Resources',
  'nextCursor',
  'previousCursor',
]);

export const listMembers: Requirement = {
  code: 'list-members',
  title: 'A list has no further members',
  source: 'RFC 7644 s3.4.2, RFC 9865 s2',
  fix: 'Send schemas, totalResults, startIndex, itemsPerPage and Resources only: there are clients that refuse a list with more.',
  writes: false,
  async check(probe) {
    const answer = await usersPage(probe);
    if (resourcesOf(answer) === undefined) notTried('the users are not listed', 'users-list');
    const { body } = answer;
    const others = Object.keys(isJsonObject(body) ? body : {}).filter((name) => !known.has(name));
    if (others.length > 0) warn(`a list has the members ${others.slice(0, 5).join(', ')}`);
  },
};
