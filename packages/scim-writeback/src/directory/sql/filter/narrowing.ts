import type { ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import type { ListScope } from '../list-scope.ts';
import { searchedAttributes } from '../searched-attributes.ts';
import { resourceColumn } from './resource-column.ts';
import { relationOf } from './translate-filter.ts';
import type { LeafFilter } from './translate-tree.ts';

/**
 * What an index leaves over of all resources: `few`, some that may be many (a span of time, a beginning of a name, all that
 * are active), or `all`.
 */
export type Narrowing = 'few' | 'some' | 'all';

const order: readonly Narrowing[] = ['few', 'some', 'all'];

/** How far an index narrows down what a filter can match, before any resource is looked at. */
export function narrowingOf(filter: ResolvedFilter, scope: ListScope): Narrowing {
  switch (filter.kind) {
    case 'constant':
      return filter.value ? 'all' : 'few';
    case 'not':
      return 'all';
    case 'and':
      return order[Math.min(...placesOf(filter.operands, scope))] ?? 'all';
    case 'or':
      // Several spans are as much as all; several values are few.
      return Math.max(...placesOf(filter.operands, scope)) === 0 ? 'few' : 'all';
    case 'value-path':
      return narrowingOf(filter.filter, scope);
    default:
      return narrowingOfTerm(filter, scope);
  }
}

/** Places in `order`. */
function placesOf(operands: readonly ResolvedFilter[], scope: ListScope): readonly number[] {
  return operands.map((operand) => order.indexOf(narrowingOf(operand, scope)));
}

function narrowingOfTerm(term: Exclude<LeafFilter, { kind: 'value-path' }>, scope: ListScope): Narrowing {
  if (term.kind === 'presence') return 'all';
  const { path, operator } = term;
  const { extension, attribute, sub } = path;
  if (relationOf(term, scope) !== undefined) return operator === 'eq' && sub?.name === 'value' ? 'few' : 'all';
  const column = resourceColumn(path, scope.kind);
  const isSearched =
    extension === undefined &&
    searchedAttributes[scope.kind].some((one) => one.name === attribute.name && one.sub === sub?.name);
  if (column?.type === 'text' || isSearched) {
    if (operator === 'eq') return 'few';
    return operator === 'sw' ? 'some' : 'all';
  }
  const isSpan = operator !== 'ne' && (column?.type === 'instant' || column?.type === 'flag');
  return isSpan ? 'some' : 'all';
}
