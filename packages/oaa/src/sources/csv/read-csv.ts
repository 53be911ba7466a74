import type { Readable } from 'node:stream';
import type { ColumnReader, Row, RowSource } from '../row.ts';
import { skipLines } from '../skip-lines.ts';
import { sourceError } from '../source-problem.ts';
import { chunksOf } from '../stream-chunks.ts';
import type { CsvOptions } from './csv-options.ts';
import { type CsvRecord, RecordParser } from './record-parser.ts';

function checkHeader(file: string, header: readonly string[], line: number | undefined): void {
  const problems: string[] = [];
  const seen = new Map<string, number>();
  header.forEach((name, index) => {
    const before = seen.get(name);
    if (name === '') problems.push(`column ${index + 1} has no name`);
    else if (before !== undefined) problems.push(`columns ${before} and ${index + 1} are both named "${name}"`);
    seen.set(name, index + 1);
  });
  if (problems.length === 0) return;
  const what = line === undefined ? 'The list of columns' : 'The header row';
  throw sourceError(
    'csv-header',
    { file, row: line },
    `${what} is not usable: ${problems.join('; ')}.`,
    'Name each column once; or list the names in the mapping (csv: columns) and skip the header (csv: skipLines).',
  );
}

/** Batches of records, one for each chunk of text. Records before a failure come before it. */
async function* readRecords(
  bytes: Readable,
  parser: RecordParser,
  skipped: number,
): AsyncGenerator<readonly CsvRecord[]> {
  for await (const chunk of skipLines(chunksOf(bytes), skipped)) {
    const records = parser.read(chunk);
    if (records.length > 0) yield records;
    if (parser.failure !== undefined) throw parser.failure;
  }
  const records = parser.finish();
  if (records.length > 0) yield records;
  if (parser.failure !== undefined) throw parser.failure;
}

function toRow(record: CsvRecord, columns: number, shortRows: 'error' | 'pad'): Row {
  const { cells } = record;
  if (cells.length === columns) return record;
  if (cells.length > columns) {
    return {
      ...record,
      fault: `The row has ${cells.length} cells and the header has ${columns}: a delimiter in a text, mostly.`,
    };
  }
  if (shortRows === 'pad') return { ...record, cells: [...cells, ...Array<string>(columns - cells.length).fill('')] };
  return {
    ...record,
    fault: `The row has ${cells.length} cells and the header has ${columns}. If the rest is empty, say csv: { shortRows: pad }.`,
  };
}

class CsvSource implements RowSource {
  readonly file: string;
  readonly unit = 'line';
  readonly columns: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #bytes: Readable;
  readonly #batches: () => AsyncIterable<readonly Row[]>;

  constructor(file: string, columns: readonly string[], bytes: Readable, batches: () => AsyncIterable<readonly Row[]>) {
    this.file = file;
    this.columns = columns;
    this.#positions = new Map(columns.map((name, position) => [name, position]));
    this.#bytes = bytes;
    this.#batches = batches;
  }

  column(name: string): ColumnReader | undefined {
    const position = this.#positions.get(name);
    return position === undefined ? undefined : (row) => (row.cells as readonly string[])[position];
  }

  batches(): AsyncIterable<readonly Row[]> {
    return this.#batches();
  }

  close(): void {
    this.#bytes.destroy();
  }
}

/**
 * Opens CSV text (RFC 4180, and what people write instead of it) and reads its header. Empty lines are passed over.
 * A line ends at LF, CR LF or CR, also within one file.
 *
 * @param bytes UTF-8; destroyed at the end of the reading, also by an error
 * @param file what messages call it
 * @throws InputError for an empty file, or a header with doubled or missing names
 */
export async function readCsv(bytes: Readable, file: string, options: CsvOptions = {}): Promise<RowSource> {
  try {
    return await open(bytes, file, options);
  } catch (error) {
    bytes.destroy();
    throw error;
  }
}

async function open(bytes: Readable, file: string, options: CsvOptions): Promise<RowSource> {
  if (options.columns !== undefined) checkHeader(file, options.columns, undefined);
  const parser = new RecordParser(file, options);
  const records = readRecords(bytes, parser, options.skipLines ?? 0);
  const first = await records.next();
  let start = first.done === true ? [] : first.value;
  let columns = options.columns;
  if (columns === undefined) {
    const [header, ...rest] = start;
    if (header === undefined) {
      throw sourceError(
        'csv-header',
        { file, row: (options.skipLines ?? 0) + 1 },
        (options.skipLines ?? 0) === 0 ? 'The file is empty.' : 'The file ends before its header row.',
        'A CSV file has a header row with the names of its columns.',
      );
    }
    columns = header.cells.map((name) => name.trim());
    checkHeader(file, columns, header.line);
    start = rest;
  }
  parser.columns = columns;
  const width = columns.length;
  const shortRows = options.shortRows ?? 'error';
  return new CsvSource(file, columns, bytes, async function* () {
    try {
      if (start.length > 0) yield start.map((record) => toRow(record, width, shortRows));
      start = [];
      for await (const batch of records) yield batch.map((record) => toRow(record, width, shortRows));
    } finally {
      bytes.destroy();
    }
  });
}
