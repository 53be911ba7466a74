import type { Kysely } from 'kysely';
import { parseFilter } from '../../../protocol/filter/parse-filter.ts';
import { resolveFilter } from '../../../protocol/filter/resolve-filter.ts';
import type { ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import type { Page } from '../../../protocol/list/read-page.ts';
import { standardProfile } from '../../../protocol/profile.ts';
import type { ResourceSchema } from '../../../protocol/schemas/resource-schema.ts';
import { readSort } from '../../../protocol/sort/read-sort.ts';
import { listOptions, listResources } from '../list-resources.ts';
import type { Tables } from '../tables.ts';

/** What of a list, as a client asks for it. */
export interface Asked extends Partial<Page> {
  readonly filter?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly sortOrder?: string | undefined;
  /** As where there are very many resources. */
  readonly bySweep?: boolean | undefined;
}

export function filterOf(text: string, schema: ResourceSchema): ResolvedFilter {
  return resolveFilter(parseFilter(text, standardProfile), schema, standardProfile);
}

/** The ids of a page, and how many there are. Asks for everything where the page says nothing. */
export async function list(
  db: Kysely<Tables>,
  schema: ResourceSchema,
  { filter, sortBy, sortOrder, startIndex = 1, count = 100_000, bySweep = false }: Asked,
  organization = 'acme',
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const kind = schema.type.name === 'Group' ? 'Group' : 'User';
  const query = {
    filter: filter === undefined ? undefined : filterOf(filter, schema),
    sort: readSort({ sortBy, sortOrder }, schema, standardProfile),
    page: { startIndex, count },
  };
  const options = { ...listOptions(), ...(bySweep && { testsPerStatement: 0 }) };
  const { totalResults, resources } = await listResources(db, organization, kind, schema, query, options);
  return { ids: resources.map(({ id }) => id), total: totalResults };
}
