import { type Expression, type SqlBool, sql } from 'kysely';
import type { Condition } from './filter/condition.ts';
import type { ListScope } from './list-scope.ts';

/** The rows of `resources` that are one organization's, of one kind, and fulfil a condition. */
export function resourcesWhere({ organization, kind }: ListScope, condition: Condition['where']): Expression<SqlBool> {
  const own = sql<SqlBool>`resources.organization = ${organization} and resources.kind = ${kind}`;
  if (condition === true) return own;
  return sql<SqlBool>`${own} and ${condition === false ? sql`1 = 0` : condition}`;
}
