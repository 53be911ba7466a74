import type { Kysely } from 'kysely';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { ResourceKind, ResourcePage, ResourceQuery } from '../directory.ts';
import { type Condition, everyRow } from './filter/condition.ts';
import { translateFilter } from './filter/translate-filter.ts';
import { countResources, listByColumns } from './list-by-columns.ts';
import { listByScan } from './list-by-scan.ts';
import { listByValue } from './list-by-value.ts';
import { columnOrder } from './list-order.ts';
import type { Tables } from './tables.ts';

/**
 * A page of the resources of an organization that match a filter, in a total order. What indexed columns can tell, the
 * database filters, counts, sorts and cuts; documents are read only for the rest, in batches, of the rows that the
 * database leaves over.
 *
 * @throws ScimError 400 `tooMany` for a page far behind in a list that has to be sorted by what no column has
 */
export async function listResources(
  db: Kysely<Tables>,
  organization: string,
  kind: ResourceKind,
  schema: ResourceSchema,
  query: ResourceQuery,
): Promise<ResourcePage> {
  const looked = await listByValue(db, organization, kind, query);
  if (looked !== undefined) return looked;
  const { filter, sort, page } = query;
  const scope = { organization, kind, schema };
  const condition: Condition = filter === undefined ? everyRow : translateFilter(filter, scope);
  if (condition.where === false) return { totalResults: 0, resources: [] };
  if (condition.exact) {
    const order = columnOrder(sort, kind);
    if (order !== undefined) return listByColumns(db, scope, condition, order, page);
    if (page.count === 0) return { totalResults: await countResources(db, scope, condition), resources: [] };
  }
  return listByScan(db, scope, condition, query);
}
