import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Condition } from './filter/condition.ts';
import type { ResidualFilter } from './filter/residual-filter.ts';
import type { ListScope } from './list-scope.ts';
import { resourcesWhere } from './list-where.ts';
import { type ResourceRow, resourceColumns } from './stored-resource.ts';
import type { Tables } from './tables.ts';

/** A row with the answers to the questions of a residual filter. */
export interface Candidate extends ResourceRow {
  readonly answers: string;
}

/** How many rows are in memory at a time. */
const batchSize = 500;

/**
 * The rows that fulfil a condition, in the order of their ids, in batches. Between two batches others have their turn: a
 * long list does not hold up the service.
 */
export async function* candidates(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
  questions: ResidualFilter['questions'],
): AsyncGenerator<readonly Candidate[]> {
  const all = questions.map((question) => sql`case when ${question} then '1' else '0' end`);
  const answers = sql<string>`${all.length === 0 ? sql.lit('') : sql.join(all, sql` || `)}`;
  const query = db
    .selectFrom('resources')
    .select(resourceColumns)
    .select(answers.as('answers'))
    .where(resourcesWhere(scope, condition))
    .orderBy('id')
    .limit(batchSize);
  for (let after: string | undefined; ; await nextTurn()) {
    const batch = await (after === undefined ? query : query.where('id', '>', after)).execute();
    if (batch.length > 0) yield batch;
    if (batch.length < batchSize) return;
    after = batch.at(-1)?.id;
  }
}
