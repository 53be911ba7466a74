import { type Expression, type SqlBool, sql } from 'kysely';
import type { Condition } from './filter/condition.ts';
import type { ListScope } from './list-scope.ts';

/** The rows of `resources` that are one organization's, of one kind, and fulfil a condition. */
export function resourcesWhere({ organization, kind }: ListScope, { where }: Condition): Expression<SqlBool> {
  const own = sql<SqlBool>`resources.organization = ${organization} and resources.kind = ${kind}`;
  if (where === true) return own;
  return sql<SqlBool>`(${own} and ${where === false ? sql`1 = 0` : where})`;
}

/**
 * The same, written so that each of several alternatives is found by its own index: SQLite would take the one of the
 * organization for all of them, and look at every resource.
 */
export function resourcesWhereAny(scope: ListScope, condition: Condition): Expression<SqlBool> {
  const { alternatives, exact } = condition;
  if (alternatives === undefined) return resourcesWhere(scope, condition);
  const each = alternatives.map((where) => resourcesWhere(scope, { where, exact }));
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}
