import type { Kysely } from 'kysely';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { ResourceKind, ResourcePage, ResourceQuery } from '../directory.ts';
import { type Condition, everyRow } from './filter/condition.ts';
import { translateFilter } from './filter/translate-filter.ts';
import { countResources, listByColumns } from './list-by-columns.ts';
import { listByScan } from './list-by-scan.ts';
import { listByValue } from './list-by-value.ts';
import { isNarrowed, testsOf, tooManyTests } from './list-cost.ts';
import { columnOrder } from './list-order.ts';
import { PageStarts } from './page-starts.ts';
import { ScanGate } from './scan-gate.ts';
import type { Tables } from './tables.ts';

export interface ListOptions {
  /** Shared by all who list in this process. */
  readonly gate: ScanGate;
  /** So many tests the database may make in one statement: everybody else waits for it. */
  readonly testsPerStatement: number;
  /** Shared in the same way. */
  readonly starts: PageStarts;
}

/** Some tens of milliseconds. */
const testsPerStatement = 100_000;
/** Lists that take no more are let through: they are over before the next one could have its turn. */
const ungatedTests = 10_000;

export function listOptions(): ListOptions {
  return { gate: new ScanGate(), testsPerStatement, starts: new PageStarts() };
}

/**
 * A page of the resources of an organization that match a filter, in a total order. What indexed columns can tell, the
 * database filters, counts, sorts and cuts; documents are read only for the rest, in batches, of the rows that the
 * database leaves over. What no index narrows down waits its turn, and takes turns with everybody else while it runs.
 *
 * @throws ScimError 400 `tooMany` for a page far behind in a list that has to be sorted by what no column has, and for more
 * tests than the query allows; RetryLaterError where too many such lists wait
 */
export async function listResources(
  db: Kysely<Tables>,
  organization: string,
  kind: ResourceKind,
  schema: ResourceSchema,
  query: ResourceQuery,
  options: ListOptions = listOptions(),
): Promise<ResourcePage> {
  const looked = await listByValue(db, organization, kind, query);
  if (looked !== undefined) return looked;
  const { filter, sort, page, maxTests = Number.POSITIVE_INFINITY } = query;
  const scope = { organization, kind, schema };
  const condition: Condition = filter === undefined ? everyRow : translateFilter(filter, scope);
  if (condition.where === false) return { totalResults: 0, resources: [] };
  const testsOfOne = filter === undefined ? 0 : testsOf(filter, scope);
  const isFound = filter === undefined || isNarrowed(filter, scope);
  const tests = isFound ? 0 : testsOfOne * (await countResources(db, scope, everyRow));
  if (tests > maxTests) throw tooManyTests(maxTests);
  const fitsStatement = tests <= options.testsPerStatement;
  const list = async (): Promise<ResourcePage> => {
    if (condition.exact && fitsStatement) {
      const order = columnOrder(sort, kind);
      if (order !== undefined) return listByColumns(db, scope, condition, order, page, options.starts);
      if (page.count === 0) return { totalResults: await countResources(db, scope, condition), resources: [] };
    }
    return listByScan(db, scope, condition, query, { testsOfOne, bySweep: !fitsStatement });
  };
  const isQuick = condition.exact && columnOrder(sort, kind) !== undefined && tests <= ungatedTests;
  return isQuick ? list() : options.gate.run(organization, list);
}
