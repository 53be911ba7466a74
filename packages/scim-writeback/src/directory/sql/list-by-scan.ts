import type { Kysely } from 'kysely';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { sortKey } from '../../protocol/sort/sort-key.ts';
import { Turns } from '../../turns/turns.ts';
import type { ResourcePage, ResourceQuery, StoredResource } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { Condition } from './filter/condition.ts';
import { residualFilter } from './filter/residual-filter.ts';
import { idsOf } from './id-list.ts';
import { candidates } from './list-candidates.ts';
import { tooManyTests } from './list-cost.ts';
import { FirstKeys } from './list-first-keys.ts';
import { columnOrder } from './list-order.ts';
import { listedResource } from './list-row.ts';
import type { ListScope } from './list-scope.ts';
import { readStoredResource, resourceColumns } from './stored-resource.ts';
import type { Tables } from './tables.ts';

export interface Scan {
  /** What it takes to evaluate the filter for one resource. */
  readonly testsOfOne: number;
  /** Whether the database is asked about batches of all resources, since a statement about all of them would take too long. */
  readonly bySweep: boolean;
}

/**
 * A page of a list whose documents have to be read, to filter or to sort it. Of each resource no more is kept than its
 * place in the order, and only where it can be on the page. Others have their turn meanwhile.
 *
 * @throws ScimError 400 `tooMany`, as {@link FirstKeys}, and for more tests than the query allows
 */
export async function listByScan(
  db: Kysely<Tables>,
  scope: ListScope,
  condition: Condition,
  { filter, sort, page, maxTests = Number.POSITIVE_INFINITY }: ResourceQuery,
  { testsOfOne, bySweep }: Scan,
): Promise<ResourcePage> {
  const residual = filter === undefined || condition.exact ? undefined : residualFilter(filter, scope);
  const place = placing({ sort, page }, scope);
  let totalResults = 0;
  let tests = 0;
  const turns = new Turns();
  const sweep = bySweep ? { testsOfOne } : undefined;
  for await (const batch of candidates(db, scope, condition, residual?.questions ?? [], sweep)) {
    if (turns.isOver) await turns.next();
    tests += batch.length * testsOfOne;
    if (tests > maxTests) throw tooManyTests(maxTests);
    for (const row of batch) {
      if (turns.isOver) await turns.next();
      const resource = listedResource(row);
      if (residual !== undefined && !residual.matches(resource, row.answers)) continue;
      place.add(resource, row.id, totalResults);
      totalResults += 1;
    }
  }
  const ids = page.startIndex > totalResults ? [] : place.ids();
  return { totalResults, resources: await readResources(db, scope, ids) };
}

/** Takes all resources of a list in the order of their ids, and keeps the ids of those on the page. */
interface Placing {
  add(resource: ScimObject, id: string, index: number): void;
  ids(): readonly string[];
}

function placing({ sort, page }: Pick<ResourceQuery, 'sort' | 'page'>, { kind }: ListScope): Placing {
  const begin = page.startIndex - 1;
  const end = page.count === 0 ? 0 : begin + page.count;
  const { path, descending } = sort;
  const order = columnOrder(sort, kind);
  const ascendingIds = order !== undefined && order.column === undefined && !order.descending;
  if (path === undefined || ascendingIds) {
    const ids: string[] = [];
    return { add: (_resource, id, index) => index >= begin && index < end && ids.push(id), ids: () => ids };
  }
  const keys = new FirstKeys(end, descending);
  return {
    add: (resource, id) => keys.add(sortKey(resource, id, path)),
    ids: () =>
      keys
        .sorted()
        .slice(begin)
        .map(({ id }) => id),
  };
}

/** How many resources are read at a time. */
const batchSize = 500;

const selectResources = compileOnce((db, given: { organization: string; ids: string }) =>
  db
    .selectFrom('resources')
    .select(resourceColumns)
    .where('organization', '=', given.organization)
    .where('id', 'in', idsOf(given.ids)),
);

/** Resources by their ids, in the order of these. */
async function readResources(
  db: Kysely<Tables>,
  { organization }: ListScope,
  ids: readonly string[],
): Promise<StoredResource[]> {
  const resources: StoredResource[] = [];
  for (let begin = 0; begin < ids.length; begin += batchSize) {
    const some = ids.slice(begin, begin + batchSize);
    const rows = await selectResources(db, { organization, ids: JSON.stringify(some) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const id of some) {
      const row = byId.get(id);
      // It may have been deleted since it was found.
      if (row !== undefined) resources.push(readStoredResource(row));
    }
  }
  return resources;
}
