import type { ResolvedFilter } from './resolved-filter.ts';

/** How many tests a filter makes of one value. */
export function countTerms(filter: ResolvedFilter): number {
  if (filter.kind === 'not') return countTerms(filter.operand);
  if (filter.kind === 'and' || filter.kind === 'or') {
    return filter.operands.reduce((terms, operand) => terms + countTerms(operand), 0);
  }
  return 1;
}
