import { type SqlBool, sql } from 'kysely';
import type { ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import type { ListScope } from '../list-scope.ts';
import { indexedText, searchedAttributes } from '../searched-attributes.ts';
import { type ComparedColumn, columnTest } from './column.ts';
import { anyRow, type Condition, noRow } from './condition.ts';
import { type LeafFilter, translateTree } from './translate-tree.ts';

const value: ComparedColumn = { type: 'text', caseExact: false, value: sql<string>`found.value` };

/**
 * What the index of searched values says of a leaf, or with `negated` of its opposite: `emails[type eq "work"].value eq "x"`
 * is true only of those who have the value, whatever its type. Never exact; what the index cannot tell, any row may match.
 */
export function searchedCondition(leaf: LeafFilter, negated: boolean, scope: ListScope): Condition {
  const operands = ofOneValue(leaf, negated);
  if (operands === undefined) return anyRow;
  const condition = translateTree({ kind: 'and', operands }, false, (part, not) => valueCondition(part, not, scope));
  // Even where all values would do, there may be none.
  return { ...condition, exact: false };
}

/** Filters that one and the same value has to match; undefined where it is also true of those without values. */
function ofOneValue(leaf: LeafFilter, negated: boolean): readonly ResolvedFilter[] | undefined {
  if (leaf.kind === 'value-path') return negated ? undefined : [leaf.filter];
  const { selection, ...term } = leaf;
  // RFC 7644 s3.4.2.2 table 3: `ne` is true where there is no value, so that its opposite is what needs one.
  const isNe = term.kind === 'comparison' && term.operator === 'ne';
  if (isNe !== negated) return undefined;
  const needed: ResolvedFilter = negated ? { kind: 'not', operand: term } : term;
  return selection === undefined ? [needed] : [selection, needed];
}

/** The resources of which one value fulfils this. */
function valueCondition(leaf: LeafFilter, negated: boolean, { organization, kind }: ListScope): Condition {
  if (leaf.kind !== 'comparison' || leaf.operand.type !== 'text') return anyRow;
  const { operator, operand, path } = leaf;
  const { extension, attribute, sub } = path;
  const isSearched = searchedAttributes[kind].some((one) => one.name === attribute.name && one.sub === sub?.name);
  if (extension !== undefined || sub?.type !== 'string' || !isSearched) return anyRow;
  // Of one value, `ne` is the opposite of `eq`. The index has only the beginning of long texts, which tells nothing else.
  const needed = operator === 'ne' ? 'eq' : operator;
  if ((operator === 'ne') !== negated || (needed !== 'eq' && needed !== 'sw')) return anyRow;
  const test = columnTest(value, needed, { ...operand, value: indexedText(operand.value) });
  if (test === undefined || test === true) return anyRow;
  if (test === false) return noRow;
  const where = sql<SqlBool>`resources.id in (select found.id from searched_values as found
    where found.organization = ${organization} and found.kind = ${kind} and found.attribute = ${attribute.name} and ${test})`;
  return { where, exact: false };
}
