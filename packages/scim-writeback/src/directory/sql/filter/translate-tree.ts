import type {
  ResolvedComparison,
  ResolvedFilter,
  ResolvedPresence,
  ResolvedValuePath,
} from '../../../protocol/filter/resolved-filter.ts';
import { allOf, anyOf, type Condition, everyRow, noRow } from './condition.ts';

/** What a filter is made of: what speaks about values of one attribute. */
export type LeafFilter = ResolvedComparison | ResolvedPresence | ResolvedValuePath;

/** The rows for which a leaf is true, or with `negated` those for which it is false. */
export type LeafTranslation = (leaf: LeafFilter, negated: boolean) => Condition;

/**
 * The rows for which a filter is true, or with `negated` those for which it is false. Negation is carried down to the
 * leaves (De Morgan): the opposite of a condition that is only a superset would miss rows, and the opposite of null is
 * null.
 */
export function translateTree(filter: ResolvedFilter, negated: boolean, translate: LeafTranslation): Condition {
  switch (filter.kind) {
    case 'constant':
      return filter.value === negated ? noRow : everyRow;
    case 'not':
      return translateTree(filter.operand, !negated, translate);
    case 'and':
    case 'or': {
      const operands = filter.operands.map((operand) => translateTree(operand, negated, translate));
      return (filter.kind === 'and') === negated ? anyOf(operands) : allOf(operands);
    }
    default:
      return translate(filter, negated);
  }
}
