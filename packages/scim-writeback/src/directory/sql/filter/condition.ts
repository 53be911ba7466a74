import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * What a database can say of a filter: every row that matches the filter fulfils `where`. Where it is `exact`, no other
 * row does; else a row that fulfils it has still to be looked at. A `where` that is null counts as false, so that a
 * condition must not be negated: what is negated is the filter.
 */
export interface Condition {
  /** True: all rows fulfil it; false: none does. */
  readonly where: Expression<SqlBool> | boolean;
  readonly exact: boolean;
  /** Where `where` is one of several: these. An index may find each. */
  readonly alternatives?: readonly Expression<SqlBool>[];
}

export const everyRow: Condition = { where: true, exact: true };
export const noRow: Condition = { where: false, exact: true };
/** Of what the database cannot tell: any row may match. */
export const anyRow: Condition = { where: true, exact: false };

export function exactly(where: Condition['where']): Condition {
  return { where, exact: true };
}

/** The rows that fulfil all of these. */
export function allOf(conditions: readonly Condition[]): Condition {
  // No row is a superset of nothing else than no row, whatever the others are.
  if (conditions.some(({ where }) => where === false)) return noRow;
  const exact = conditions.every((one) => one.exact);
  const parts = partsOf(conditions);
  return { where: parts.length === 0 ? true : joined(parts, sql` and `), exact };
}

/** The rows that fulfil one of these. */
export function anyOf(conditions: readonly Condition[]): Condition {
  const everything = conditions.filter(({ where }) => where === true);
  if (everything.length > 0) return everything.some(({ exact }) => exact) ? everyRow : anyRow;
  const exact = conditions.every((one) => one.exact);
  const parts = partsOf(conditions);
  return parts.length === 0 ? noRow : { where: joined(parts, sql` or `), exact, alternatives: parts };
}

function partsOf(conditions: readonly Condition[]): readonly Expression<SqlBool>[] {
  return conditions.map(({ where }) => where).filter((where) => typeof where !== 'boolean');
}

function joined(parts: readonly Expression<SqlBool>[], separator: RawBuilder<unknown>): Expression<SqlBool> {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : sql<SqlBool>`(${sql.join(parts, separator)})`;
}
