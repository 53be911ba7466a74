import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import { compileOnce } from './compile-once.ts';
import { type Condition, everyRow } from './filter/condition.ts';
import type { ResidualFilter } from './filter/residual-filter.ts';
import { idsOf } from './id-list.ts';
import { relationWeight } from './list-cost.ts';
import type { ListScope } from './list-scope.ts';
import { resourcesWhere } from './list-where.ts';
import { rowNumber } from './row-number.ts';
import { type ResourceRow, resourceColumns } from './stored-resource.ts';
import type { Tables } from './tables.ts';

/** A row with the answers to the questions of a residual filter. */
export interface Candidate extends ResourceRow {
  readonly answers: string;
}

/** How many rows are in memory at a time, at most. */
const batchSize = 500;

/** So many tests are made in one statement: some milliseconds. */
const testsPerStatement = 16_000;

/**
 * How many ids are. An index that is not in the order of the ids is read anew for each so many: by batches, the work
 * would grow with the square of the list.
 */
const idsSize = 20_000;

/** In the order of the ids there is an index, which goes on where it stopped. */
const sweptIdsSize = 2_000;

/**
 * The rows that fulfil a condition, in the order of their ids, in batches.
 *
 * @param bySweep asks about batches of all rows: for conditions that no index answers
 */
export async function* candidates(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
  questions: ResidualFilter['questions'],
  bySweep: { readonly testsOfOne: number } | undefined,
): AsyncGenerator<readonly Candidate[]> {
  const where = bySweep !== undefined && condition.where !== true ? resourcesWhere(scope, condition) : undefined;
  const select =
    questions.length === 0 && where === undefined
      ? selectRows
      : compileOnce((_db, given: GivenIds) => candidateRows(db, given, questions, where));
  const tests = questions.length * relationWeight + (where === undefined ? 0 : (bySweep?.testsOfOne ?? 0));
  const size = Math.max(10, Math.min(batchSize, Math.floor(testsPerStatement / Math.max(1, tests))));
  for await (const ids of candidateIds(db, scope, bySweep === undefined ? condition : everyRow)) {
    for (let begin = 0; begin < ids.length; begin += size) {
      yield await select(db, {
        organization: scope.organization,
        ids: JSON.stringify(ids.slice(begin, begin + size)),
      });
    }
  }
}

async function* candidateIds(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
): AsyncGenerator<readonly string[]> {
  const limit = condition.where === true ? sweptIdsSize : idsSize;
  const query = db
    .selectFrom('resources')
    .select('resources.id')
    .where(resourcesWhere(scope, condition))
    .orderBy('resources.id')
    .limit(rowNumber(limit));
  let after: string | undefined;
  do {
    const found = await (after === undefined ? query : query.where('resources.id', '>', after)).execute();
    yield found.map(({ id }) => id);
    after = found.length < limit ? undefined : found.at(-1)?.id;
  } while (after !== undefined);
}

interface GivenIds {
  readonly organization: string;
  /** JSON list. */
  readonly ids: string;
}

/** For most filters nothing is asked of the rows. */
const selectRows = compileOnce((db, given: GivenIds) => candidateRows(db, given, [], undefined));

function candidateRows(
  db: Kysely<Tables>,
  given: GivenIds,
  questions: ResidualFilter['questions'],
  where: Expression<SqlBool> | undefined,
) {
  const each = questions.map((question) => sql`case when ${question} then '1' else '0' end`);
  const answers = sql<string>`${each.length === 0 ? sql.lit('') : sql.join(each, sql` || `)}`;
  const rows = db
    .selectFrom('resources')
    .select(resourceColumns)
    .select(answers.as('answers'))
    .where('resources.organization', '=', given.organization)
    .where('resources.id', 'in', idsOf(given.ids))
    .orderBy('resources.id');
  return where === undefined ? rows : rows.where(where);
}
