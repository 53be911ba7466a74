import { type Expression, type SqlBool, sql } from 'kysely';
import type { Condition } from './filter/condition.ts';
import type { ListScope } from './list-scope.ts';

/**
 * The rows of `resources` that are one organization's, of one kind, and fulfil a condition. Alternatives are written so
 * that each is found by its own index: SQLite would take the one of the organization for all of them, and look at every
 * resource.
 */
export function resourcesWhere(scope: ListScope, { where, alternatives }: Condition): Expression<SqlBool> {
  if (alternatives === undefined) return ownWhere(scope, where);
  return sql<SqlBool>`(${sql.join(
    alternatives.map((one) => ownWhere(scope, one)),
    sql` or `,
  )})`;
}

function ownWhere({ organization, kind }: ListScope, where: Condition['where']): Expression<SqlBool> {
  const own = sql<SqlBool>`resources.organization = ${organization} and resources.kind = ${kind}`;
  if (where === true) return own;
  return sql<SqlBool>`(${own} and ${where === false ? sql`1 = 0` : where})`;
}
