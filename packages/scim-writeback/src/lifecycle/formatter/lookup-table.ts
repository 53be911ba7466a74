import { didYouMean } from '@oaa-kit/oaa';

/** A table that values are looked up in. All columns are texts. */
export interface LookupTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type LookupTables = Readonly<Record<string, LookupTable>>;

/** The value that was found, or what is wrong. Values are not told: they may be personal. */
export type LookupResult = { readonly value: string } | { readonly problem: string };

/**
 * The value of one column in the row whose other column has a value; the match is exact. A value that is not there, or in
 * several rows with different results, is a problem: an empty or accidental text must not become somebody's attribute.
 */
export function lookUp(
  tables: LookupTables,
  name: string,
  matchColumn: string,
  returnColumn: string,
  value: string,
): LookupResult {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (table === undefined) return { problem: unknown('lookup table', name, Object.keys(tables)) };
  const [matchIndex, returnIndex] = [table.columns.indexOf(matchColumn), table.columns.indexOf(returnColumn)];
  for (const [index, column] of [
    [matchIndex, matchColumn],
    [returnIndex, returnColumn],
  ] as const) {
    if (index < 0) return { problem: unknown(`column of the lookup table "${name}"`, column, table.columns) };
  }
  const found = new Set(table.rows.filter((row) => row[matchIndex] === value).map((row) => row[returnIndex] ?? ''));
  const [result] = found;
  if (result === undefined) return { problem: `the lookup table "${name}" has no such value in "${matchColumn}"` };
  if (found.size > 1) return { problem: `the lookup table "${name}" has several results for this value` };
  return { value: result };
}

/** `unknown column "citty". Did you mean "city"?` */
export function unknown(what: string, name: string, known: readonly string[]): string {
  const choice = known.length === 0 ? ' There is none.' : ` Known: ${known.slice(0, 20).join(', ')}.`;
  return `unknown ${what} "${name}".${didYouMean(name, known) || choice}`;
}
