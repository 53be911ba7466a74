import { basename } from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { CsvOptions } from './csv/csv-options.ts';
import type { FileSource, Mapping } from './mapping/mapping-schema.ts';
import { openFileSource } from './mapping/open-file-source.ts';
import type { BadRow } from './mapping/run-problems.ts';
import type { Row } from './row.ts';

/** The bad rows of one file, which may be a source of a mapping more than once. */
export interface RejectedFile {
  readonly source: FileSource;
  readonly reasons: ReadonlyMap<number, readonly string[]>;
}

/** Text that a spreadsheet would take for a formula. */
const formula = /^[=+\-@\t\r]/;

/** Our own words as a cell: never a formula, whatever name or value they begin with. */
function harmless(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** Writes cells as the file itself is written, so that corrected rows can be put back. */
function csvWriter(options: CsvOptions): (cells: readonly string[]) => string {
  const { delimiter = ',' } = options;
  const quote = options.quote || '"';
  const mark = options.escape ?? quote;
  const special = [quote, mark];
  const needsQuotes = (cell: string) =>
    cell.includes(delimiter) || special.some((sign) => cell.includes(sign)) || /[\r\n]|^\s|\s$/.test(cell);
  const inQuotes = (cell: string) =>
    quote + Array.from(cell, (sign) => (special.includes(sign) ? mark + sign : sign)).join('') + quote;
  return (cells) => `${cells.map((cell) => (needsQuotes(cell) ? inQuotes(cell) : cell)).join(delimiter)}\n`;
}

/** The bad rows of a run by file, in the order of the mapping. What the mapping itself says is no row. */
export function rejectedFiles(
  mapping: Mapping,
  badRows: ReadonlyMap<number, ReadonlyMap<number, BadRow>>,
): readonly RejectedFile[] {
  const files = new Map<string, { source: FileSource; reasons: Map<number, readonly string[]> }>();
  mapping.sources.forEach((source, number) => {
    const rows = badRows.get(number);
    if (rows === undefined) return;
    const file = files.get(source.file) ?? { source, reasons: new Map<number, readonly string[]>() };
    files.set(source.file, file);
    for (const { line, reasons } of rows.values()) {
      file.reasons.set(line, [...new Set([...(file.reasons.get(line) ?? []), ...reasons])]);
    }
  });
  return [...files.values()];
}

/**
 * Where the bad rows of each file go: `path` itself where the mapping has one file, else `rejects.users.csv` for
 * `users.csv` and so on, because their columns differ. By name of the file.
 */
export function rejectsPaths(mapping: Mapping, path: string): ReadonlyMap<string, string> {
  const files = [...new Set(mapping.sources.map(({ file }) => file))];
  if (files.length === 1) return new Map(files.map((file) => [file, path]));
  const stem = path.replace(/\.csv$/i, '');
  const used = new Set<string>();
  return new Map(
    files.map((file) => {
      const base = basename(file).replace(/(?:\.[^.]+)?(?:\.gz)?$/i, '') || 'rows';
      let name = base;
      for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
      used.add(name.toLowerCase());
      return [file, `${stem}.${name}.csv`];
    }),
  );
}

function cellsOf(row: Row, width: number): readonly string[] {
  const { cells } = row;
  if (!Array.isArray(cells)) return [JSON.stringify(cells)];
  const known = (cells as readonly string[]).slice(0, width);
  return [...known, ...Array<string>(width - known.length).fill('')];
}

/** What a row has beyond its columns: told with the reason, so that nothing is lost. */
function surplus(row: Row, width: number): readonly string[] {
  const { cells } = row;
  if (!Array.isArray(cells) || cells.length <= width) return [];
  return [`Cells without a column: ${JSON.stringify((cells as readonly string[]).slice(width))}`];
}

/**
 * The bad rows of a file as CSV text: the columns of the file, or one column `_json`, and then `_file`, `_row` and
 * `_reason`. The cells are exactly those of the file, which is read again for them.
 *
 * @param folder what the name of the file is relative to
 * @throws InputError when the file can no longer be read
 */
export async function* rejectedRows({ source, reasons }: RejectedFile, folder: string): AsyncGenerator<string> {
  const opened = await openFileSource(source, folder);
  const columns = opened.columns ?? ['_json'];
  const tabs = /\.tsv(?:\.gz)?$/i.test(source.file) ? { delimiter: '\t' } : {};
  const write = csvWriter(opened.columns === undefined ? {} : { ...tabs, ...source.csv });
  yield write([...columns, '_file', '_row', '_reason']);
  let left = reasons.size;
  try {
    for await (const batch of opened.batches()) {
      for (const row of batch) {
        const found = reasons.get(row.line);
        if (found === undefined) continue;
        left -= 1;
        const reason = [...found, ...surplus(row, columns.length)].join(' | ');
        yield write([...cellsOf(row, columns.length), harmless(source.file), String(row.line), harmless(reason)]);
      }
      if (left <= 0) return;
    }
  } catch (error) {
    // A file that breaks off in the middle was told of already; the rows before that are what there is.
    if (!(error instanceof InputError) || error.diagnostics.length === 0) throw error;
  } finally {
    opened.close();
  }
}
