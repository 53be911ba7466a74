import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { compileOnce } from './compile-once.ts';
import type { Condition } from './filter/condition.ts';
import type { ResidualFilter } from './filter/residual-filter.ts';
import { idsOf } from './id-list.ts';
import type { ListScope } from './list-scope.ts';
import { resourcesWhere } from './list-where.ts';
import { rowNumber } from './row-number.ts';
import { type ResourceRow, resourceColumns } from './stored-resource.ts';
import type { Tables } from './tables.ts';

/** A row with the answers to the questions of a residual filter. */
export interface Candidate extends ResourceRow {
  readonly answers: string;
}

/** How many rows are in memory at a time. */
const batchSize = 500;

/**
 * How many ids are. An index that is not in the order of the ids is read anew for each so many: by batches, the work
 * would grow with the square of the list.
 */
const idsSize = 20_000;

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
  for await (const ids of candidateIds(db, scope, condition)) {
    for (let begin = 0; begin < ids.length; begin += batchSize) {
      const some = { organization: scope.organization, ids: JSON.stringify(ids.slice(begin, begin + batchSize)) };
      yield await (questions.length === 0 ? selectRows(db, some) : candidateRows(db, some, questions).execute());
      await nextTurn();
    }
  }
}

async function* candidateIds(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
): AsyncGenerator<readonly string[]> {
  const query = db
    .selectFrom('resources')
    .select('resources.id')
    .where(resourcesWhere(scope, condition))
    .orderBy('resources.id')
    .limit(rowNumber(idsSize));
  let after: string | undefined;
  do {
    const found = await (after === undefined ? query : query.where('resources.id', '>', after)).execute();
    yield found.map(({ id }) => id);
    after = found.length < idsSize ? undefined : found.at(-1)?.id;
  } while (after !== undefined);
}

interface GivenIds {
  readonly organization: string;
  /** JSON list. */
  readonly ids: string;
}

/** For most filters nothing is asked of the rows. */
const selectRows = compileOnce((db, given: GivenIds) => candidateRows(db, given, []));

function candidateRows(db: Kysely<Tables>, given: GivenIds, questions: ResidualFilter['questions']) {
  const each = questions.map((question) => sql`case when ${question} then '1' else '0' end`);
  const answers = sql<string>`${each.length === 0 ? sql.lit('') : sql.join(each, sql` || `)}`;
  return db
    .selectFrom('resources')
    .select(resourceColumns)
    .select(answers.as('answers'))
    .where('resources.organization', '=', given.organization)
    .where('resources.id', 'in', idsOf(given.ids))
    .orderBy('resources.id');
}
