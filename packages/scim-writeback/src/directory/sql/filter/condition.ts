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
  return { where: joined(conditions, true, sql` and `), exact: conditions.every(({ exact }) => exact) };
}

/** The rows that fulfil one of these. */
export function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.some(({ where, exact }) => where === true && exact)) return everyRow;
  if (conditions.some(({ where }) => where === true)) return anyRow;
  return { where: joined(conditions, false, sql` or `), exact: conditions.every(({ exact }) => exact) };
}

/** The conditions in one; `neutral` ones do not count. */
function joined(
  conditions: readonly Condition[],
  neutral: boolean,
  separator: RawBuilder<unknown>,
): Condition['where'] {
  const parts = conditions.map(({ where }) => where).filter((where) => typeof where !== 'boolean');
  const [only] = parts;
  if (only === undefined) return neutral;
  return parts.length === 1 ? only : sql<SqlBool>`(${sql.join(parts, separator)})`;
}
