import { distinctValues, type SampledColumn } from './source-sample.ts';

const delimiters = [';', '|', '\n', ','] as const;

/**
 * What stands between the names in the cells of a column; undefined where each cell is one name. A comma counts only
 * where parts are seen as names of their own as well, because names have commas, too.
 *
 * @param known names that stand elsewhere, in lower case
 */
export function listDelimiter(column: SampledColumn, known: ReadonlySet<string> = new Set()): string | undefined {
  if (column.isList) return undefined;
  const cells = distinctValues(column);
  for (const delimiter of delimiters) {
    const lists = cells.filter((cell) => cell.includes(delimiter));
    if (lists.length === 0) continue;
    if (delimiter !== ',') return delimiter;
    const single = new Set(cells.filter((cell) => !cell.includes(delimiter)).map((cell) => cell.toLowerCase()));
    const seen = new Map<string, number>();
    for (const list of lists) for (const part of parts(list, delimiter)) seen.set(part, (seen.get(part) ?? 0) + 1);
    const isName = (part: string) => single.has(part) || known.has(part) || (seen.get(part) ?? 0) > 1;
    if (lists.some((list) => parts(list, delimiter).some(isName))) return delimiter;
  }
  return undefined;
}

function parts(list: string, delimiter: string): string[] {
  return list
    .split(delimiter)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
}
