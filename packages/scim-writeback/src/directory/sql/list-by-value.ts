import { type Kysely, type SqlBool, sql } from 'kysely';
import type { ResolvedFilter } from '../../protocol/filter/resolved-filter.ts';
import type { ResourceKind, ResourcePage, ResourceQuery } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import { type TextColumn, textOperand } from './filter/column.ts';
import { resourceColumn } from './filter/resource-column.ts';
import { isStorable } from './filter/text-test.ts';
import { rowNumber } from './row-number.ts';
import { contentOfKind, readResourcesOf } from './stored-resource.ts';
import type { Tables } from './tables.ts';

type Lookup = ReturnType<typeof lookupBy>;

const lookups = new WeakMap<TextColumn, Lookup>();

function lookupBy({ value: column }: TextColumn) {
  return compileOnce((db, given: { organization: string; kind: ResourceKind; value: string; limit: number }) =>
    db
      .selectFrom('resources')
      .select(contentOfKind)
      .where('organization', '=', given.organization)
      .where('kind', '=', given.kind)
      .where(sql<SqlBool>`${column} = ${given.value}`)
      .orderBy('id')
      .limit(rowNumber(given.limit)),
  );
}

/** What a filter looks up: `userName eq "jane"`, where a column has all values of the attribute. */
function lookupOf(
  filter: ResolvedFilter,
  kind: ResourceKind,
): { readonly find: Lookup; readonly value: string } | undefined {
  if (filter.kind !== 'comparison' || filter.operator !== 'eq' || filter.selection !== undefined) return undefined;
  const { path, operand } = filter;
  const column = resourceColumn(path, kind);
  if (column?.type !== 'text') return undefined;
  const value = textOperand(column, operand);
  if (value === undefined || !isStorable(value)) return undefined;
  const find = lookups.get(column) ?? lookupBy(column);
  lookups.set(column, find);
  return { find, value };
}

/**
 * The list for the question that clients ask before every change: who has this user name, external id or name? Its
 * statements are made once. Undefined where the question is another, or has more answers than fit the page.
 */
export async function listByValue(
  db: Kysely<Tables>,
  organization: string,
  kind: ResourceKind,
  { filter, sort, page }: ResourceQuery,
): Promise<ResourcePage | undefined> {
  if (filter === undefined || sort.path !== undefined || page.startIndex !== 1 || page.count === 0) return undefined;
  const lookup = lookupOf(filter, kind);
  if (lookup === undefined) return undefined;
  const rows = await lookup.find(db, { organization, kind, value: lookup.value, limit: page.count + 1 });
  if (rows.length > page.count) return undefined;
  return { totalResults: rows.length, resources: readResourcesOf(kind, rows) };
}
