import type { Kysely } from 'kysely';
import type { Page } from '../../protocol/list/read-page.ts';
import type { ResourcePage } from '../directory.ts';
import type { Condition } from './filter/condition.ts';
import type { ColumnOrder } from './list-order.ts';
import type { ListScope } from './list-scope.ts';
import { resourcesWhere } from './list-where.ts';
import { readStoredResource, resourceColumns } from './stored-resource.ts';
import type { Tables } from './tables.ts';

/** A page of a list whose resources and order the columns tell: the database counts and cuts. */
export async function listByColumns(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition['where'],
  order: ColumnOrder,
  page: Page,
): Promise<ResourcePage> {
  const resources = page.count === 0 ? [] : await readPage(db, scope, condition, order, page);
  // The last page of a list tells how long it is; so does the only one, which is the answer to most requests.
  const ends = resources.length < page.count && (resources.length > 0 || page.startIndex === 1);
  const totalResults = ends ? page.startIndex - 1 + resources.length : await countResources(db, scope, condition);
  return { totalResults, resources };
}

async function readPage(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition['where'],
  { column, descending }: ColumnOrder,
  { startIndex, count }: Page,
) {
  const all = db.selectFrom('resources').select(resourceColumns).where(resourcesWhere(scope, condition));
  const ordered =
    column === undefined
      ? all.orderBy('resources.id', descending ? 'desc' : 'asc')
      : all
          .orderBy(column, (by) => (descending ? by.desc().nullsFirst() : by.asc().nullsLast()))
          .orderBy('resources.id');
  const rows = await ordered
    .limit(count)
    .offset(startIndex - 1)
    .execute();
  return rows.map(readStoredResource);
}

/** How many resources there are; without a condition, nothing is counted. */
export async function countResources(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition['where'],
): Promise<number> {
  if (condition === true) {
    const { organization, kind } = scope;
    const known = db.selectFrom('resource_counts').select('count').where('organization', '=', organization);
    return Number((await known.where('kind', '=', kind).executeTakeFirst())?.count ?? 0);
  }
  const { count } = await db
    .selectFrom('resources')
    .select((build) => build.fn.countAll().as('count'))
    .where(resourcesWhere(scope, condition))
    .executeTakeFirstOrThrow();
  return Number(count);
}
