import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Page } from '../../protocol/list/read-page.ts';
import type { ResourceKind, ResourcePage } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { Condition } from './filter/condition.ts';
import type { ColumnOrder } from './list-order.ts';
import type { ListScope } from './list-scope.ts';
import { resourcesWhere } from './list-where.ts';
import { rowNumber } from './row-number.ts';
import { contentOfKind, readResourcesOf } from './stored-resource.ts';
import type { Tables } from './tables.ts';

/** A page of a list whose resources and order the columns tell: the database counts and cuts. */
export async function listByColumns(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
  order: ColumnOrder,
  page: Page,
): Promise<ResourcePage> {
  const resources = page.count === 0 ? [] : await readPage(db, scope, condition, order, page);
  // The last page of a list tells how long it is; so does the only one, which is the answer to most requests.
  const ends = resources.length < page.count && (resources.length > 0 || page.startIndex === 1);
  const totalResults = ends ? page.startIndex - 1 + resources.length : await countResources(db, scope, condition);
  return { totalResults, resources, adjacent: isAll(condition, order) };
}

/** Everybody of the kind, by the ids. */
function isAll(condition: Condition, { column, descending }: ColumnOrder): boolean {
  return condition.where === true && column === undefined && !descending;
}

interface GivenPage {
  readonly organization: string;
  readonly kind: ResourceKind;
  readonly limit: number;
  readonly offset: number;
}

/** Beyond, it takes longer to pass over rows than to find those of the page by their ids. */
const farOffset = 1_000;

/** A page of all resources, for imports: by far the most frequent. */
const selectPage = compileOnce((db, given: GivenPage) => pageOfAll(db, given).select(contentOfKind));

const selectFarPage = compileOnce((db, given: GivenPage) =>
  db
    .selectFrom('resources')
    .select(contentOfKind)
    .where('organization', '=', given.organization)
    .where('id', 'in', pageOfAll(db, given).select('id'))
    .orderBy('id'),
);

function pageOfAll(db: Kysely<Tables>, given: GivenPage) {
  return db
    .selectFrom('resources')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .orderBy('id')
    .limit(rowNumber(given.limit))
    .offset(rowNumber(given.offset));
}

const selectCount = compileOnce((db, given: { organization: string; kind: ResourceKind }) =>
  db
    .selectFrom('resource_counts')
    .select('count')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind),
);

/**
 * A page. Where it is filtered, sorted or far behind, the index has what it is found by, and only the rows that are on it are
 * fetched.
 */
async function readPage(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
  order: ColumnOrder,
  { startIndex, count }: Page,
) {
  if (isAll(condition, order)) {
    const { organization, kind } = scope;
    const select = startIndex > farOffset ? selectFarPage : selectPage;
    return readResourcesOf(kind, await select(db, { organization, kind, limit: count, offset: startIndex - 1 }));
  }
  const found = ordered(db.selectFrom('resources').select('resources.id'), order)
    .where(resourcesWhere(scope, condition))
    .limit(rowNumber(count))
    .offset(rowNumber(startIndex - 1));
  const rows = await ordered(db.selectFrom('resources').select(contentOfKind), order)
    .where('resources.organization', '=', scope.organization)
    .where('resources.id', 'in', found)
    .execute();
  return readResourcesOf(scope.kind, rows);
}

function ordered<Output>(
  query: SelectQueryBuilder<Tables, 'resources', Output>,
  { column, descending }: ColumnOrder,
): SelectQueryBuilder<Tables, 'resources', Output> {
  if (column === undefined) return query.orderBy('resources.id', descending ? 'desc' : 'asc');
  return query
    .orderBy(column, (by) => (descending ? by.desc().nullsFirst() : by.asc().nullsLast()))
    .orderBy('resources.id');
}

/** How many resources there are; without a condition, nothing is counted. */
export async function countResources(db: Kysely<Tables>, scope: ListScope, condition: Condition): Promise<number> {
  if (condition.where === true) {
    const { organization, kind } = scope;
    const [known] = await selectCount(db, { organization, kind });
    return Number(known?.count ?? 0);
  }
  const { count } = await db
    .selectFrom('resources')
    .select((build) => build.fn.countAll().as('count'))
    .where(resourcesWhere(scope, condition))
    .executeTakeFirstOrThrow();
  return Number(count);
}
