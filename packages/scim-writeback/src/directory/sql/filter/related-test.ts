import { type Expression, type SqlBool, sql } from 'kysely';
import type { ResolvedComparison, ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import { type Column, columnCondition } from './column.ts';
import { anyRow, type Condition, everyRow, noRow } from './condition.ts';
import type { Relation } from './relation.ts';
import { type LeafFilter, translateTree } from './translate-tree.ts';

/**
 * Whether the resource at hand fulfils a leaf about a relation. Exact, and never null.
 *
 * @throws Error where the schema says of ids or types of members that they are something else than what they are
 */
export function relatedTest(leaf: LeafFilter, relation: Relation): Expression<SqlBool> {
  if (leaf.kind === 'value-path') return someValue([leaf.filter], relation);
  const { selection, ...term } = leaf;
  const selected = selection === undefined ? [] : [selection];
  if (term.kind === 'presence' || term.operator !== 'ne') return someValue([...selected, term], relation);
  const known = [...selected, hasValue(term)];
  // RFC 7644 s3.4.2.2 table 3: one of them differs, or there is none.
  return sql<SqlBool>`(${someValue([...known, term], relation)} or not (${someValue(known, relation)}))`;
}

/** Every text, also an empty one, is not before the empty text. */
function hasValue({ path }: ResolvedComparison): ResolvedComparison {
  const caseExact = (path.sub ?? path.attribute).caseExact;
  return { kind: 'comparison', path, operator: 'ge', operand: { type: 'text', caseExact, value: '' } };
}

/** One and the same value matches all of these. */
function someValue(filters: readonly ResolvedFilter[], relation: Relation): Expression<SqlBool> {
  const filter: ResolvedFilter = { kind: 'and', operands: filters };
  const { where, exact } = translateTree(filter, false, (leaf, negated) => valueCondition(leaf, relation, negated));
  if (where === false) return sql<SqlBool>`1 = 0`;
  if (!exact) throw new Error('The schema of members or groups does not fit how the directory keeps them.');
  const id = idOf(filter);
  if (id === undefined) return relation.some(where);
  const withId = relation.withId(id.value);
  return id.alone ? withId : sql<SqlBool>`(${withId} and ${relation.some(where)})`;
}

/** Of one value. */
function valueCondition(leaf: LeafFilter, { columns }: Relation, negated: boolean): Condition {
  if (leaf.kind === 'value-path') throw new Error('A filter about one value has no brackets.');
  const { sub } = leaf.path;
  if (sub === undefined) {
    if (leaf.kind !== 'presence') return anyRow;
    // The value as a whole; it has an id, at least.
    return negated ? noRow : everyRow;
  }
  const column: Column = columns.get(sub.name) ?? { type: 'absent' };
  return columnCondition(leaf, column, negated);
}

/** The id that a value has to have to match; `alone` where that is all that it has to have. */
function idOf(filter: ResolvedFilter): { readonly value: string; readonly alone: boolean } | undefined {
  if (filter.kind === 'and') {
    for (const operand of filter.operands) {
      const found = idOf(operand);
      if (found !== undefined) return { ...found, alone: found.alone && filter.operands.length === 1 };
    }
    return undefined;
  }
  const isId = filter.kind === 'comparison' && filter.operator === 'eq' && filter.path.sub?.name === 'value';
  return isId && filter.operand.type === 'text' ? { value: filter.operand.value, alone: true } : undefined;
}
