import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Page } from '../../protocol/list/read-page.ts';
import type { ResourcePage } from '../directory.ts';
import type { Condition } from './filter/condition.ts';
import { countAll, listAll } from './list-all.ts';
import type { ColumnOrder } from './list-order.ts';
import type { ListScope } from './list-scope.ts';
import { resourcesWhere } from './list-where.ts';
import type { PageStarts } from './page-starts.ts';
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
  starts: PageStarts,
): Promise<ResourcePage> {
  if (isAll(condition, order)) return listAll(db, scope, page, starts);
  const resources = page.count === 0 ? [] : await readPage(db, scope, condition, order, page);
  // The last page of a list tells how long it is; so does the only one, which is the answer to most requests.
  const ends = resources.length < page.count && (resources.length > 0 || page.startIndex === 1);
  const totalResults = ends ? page.startIndex - 1 + resources.length : await countResources(db, scope, condition);
  return { totalResults, resources };
}

/** Everybody of the kind, by the ids. */
function isAll(condition: Condition, { column, descending }: ColumnOrder): boolean {
  return condition.where === true && column === undefined && !descending;
}

/** A page of a filtered or sorted list: the index has what it is found by, and only the rows that are on it are fetched. */
async function readPage(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
  order: ColumnOrder,
  { startIndex, count }: Page,
) {
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
  if (condition.where === true) return countAll(db, scope.organization, scope.kind);
  const { count } = await db
    .selectFrom('resources')
    .select((build) => build.fn.countAll().as('count'))
    .where(resourcesWhere(scope, condition))
    .executeTakeFirstOrThrow();
  return Number(count);
}
