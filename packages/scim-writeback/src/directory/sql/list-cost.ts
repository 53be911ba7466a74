import { ScimError } from '../../protocol/errors/scim-error.ts';
import { countTerms } from '../../protocol/filter/count-terms.ts';
import type { ResolvedFilter } from '../../protocol/filter/resolved-filter.ts';
import { narrowingOf } from './filter/narrowing.ts';
import { relationOf } from './filter/translate-filter.ts';
import type { ListScope } from './list-scope.ts';

/** So few terms about what an index narrows down to a part are evaluated as fast as the rows are read. */
const freeTerms = 8;

/** Whether an index finds what a filter can match, so that the rest of it is evaluated for that only. */
export function isNarrowed(filter: ResolvedFilter, scope: ListScope): boolean {
  const narrowing = narrowingOf(filter, scope);
  return narrowing === 'few' || (narrowing === 'some' && countTerms(filter) <= freeTerms);
}

/** A term about members or memberships looks at all of them. */
export const relationWeight = 16;

/** How many tests it takes to evaluate a filter for one resource. */
export function testsOf(filter: ResolvedFilter, scope: ListScope): number {
  switch (filter.kind) {
    case 'constant':
      return 0;
    case 'not':
      return testsOf(filter.operand, scope);
    case 'and':
    case 'or':
      return filter.operands.reduce((tests, operand) => tests + testsOf(operand, scope), 0);
    default: {
      const terms = filter.kind === 'value-path' ? countTerms(filter.filter) : 1;
      return relationOf(filter, scope) === undefined ? terms : terms * relationWeight;
    }
  }
}

/** RFC 7644 s3.12 table 9. */
export function tooManyTests(limit: number): ScimError {
  const most = limit.toLocaleString('en-US');
  const detail =
    `This filter asks too much of too many resources: a list may make ${most} tests that no index answers. ` +
    'Add a term with "and" that finds few (userName, externalId, displayName or id eq), or ask in several requests.';
  return new ScimError(400, 'tooMany', detail);
}
