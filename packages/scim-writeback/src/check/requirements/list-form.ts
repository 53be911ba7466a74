import { notTried, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { memberOf, resourcesOf } from '../scim-answers.ts';
import { usersPage } from '../shared-answers.ts';

const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export const listForm: Requirement = {
  code: 'list-form',
  title: 'A list says what it is and how long it is',
  source: 'RFC 7644 s3.4.2',
  fix: 'Send schemas with the URN of ListResponse, and totalResults, startIndex and itemsPerPage as numbers, also of an empty list.',
  writes: false,
  async check(probe) {
    const answer = await usersPage(probe);
    if (resourcesOf(answer) === undefined) notTried('the users are not listed', 'users-list');
    const schemas = memberOf(answer, 'schemas');
    if (!Array.isArray(schemas) || !schemas.includes(listUrn)) warn(`schemas of a list does not hold ${listUrn}`);
    const wrong = ['totalResults', 'startIndex', 'itemsPerPage'].filter(
      (name) => typeof memberOf(answer, name) !== 'number',
    );
    if (wrong.length > 0) warn(`of a list, no number: ${wrong.join(', ')}`);
  },
};
