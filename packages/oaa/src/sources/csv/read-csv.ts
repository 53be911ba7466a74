import type { Readable } from 'node:stream';
import type { ColumnReader, Row, RowSource } from '../row.ts';
import { skipLines } from '../skip-lines.ts';
import { sourceError } from '../source-problem.ts';
import { chunksOf } from '../stream-chunks.ts';
import { csvError } from './csv-error.ts';
import type { CsvOptions } from './csv-options.ts';
import { unguardFormula } from './formula-guard.ts';
import { parseHere, parseInThread } from './parser-thread.ts';
import type { CsvRecord, ParsedRecords } from './record-parser.ts';

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
  readonly #batches: (signal: AbortSignal) => AsyncIterable<readonly Row[]>;
  readonly #closing = new AbortController();
  readonly #guarded: boolean;

  /** @param batches stops working when the signal says so */
  constructor(
    file: string,
    columns: readonly string[],
    guarded: boolean,
    bytes: Readable,
    batches: (signal: AbortSignal) => AsyncIterable<readonly Row[]>,
  ) {
    this.file = file;
    this.columns = columns;
    this.#positions = new Map(columns.map((name, position) => [name, position]));
    this.#bytes = bytes;
    this.#guarded = guarded;
    this.#batches = batches;
  }

  column(name: string): ColumnReader | undefined {
    const position = this.#positions.get(name);
    if (position === undefined) return undefined;
    const read = (row: Row) => (row.cells as readonly string[])[position];
    if (!this.#guarded) return read;
    return (row) => {
      const cell = read(row);
      return cell === undefined ? undefined : unguardFormula(cell);
    };
  }

  batches(): AsyncIterable<readonly Row[]> {
    return this.#batches(this.#closing.signal);
  }

  close(): void {
    this.#closing.abort();
    this.#bytes.destroy();
  }
}

export interface CsvReading {
  /** Parse the rows in a thread of its own: for large files. */
  readonly inThread?: boolean | undefined;
}

/**
 * Opens CSV text (RFC 4180, and what people write instead of it) and reads its header. Empty lines are passed over.
 * A line ends at LF, CR LF or CR, also within one file.
 *
 * @param bytes UTF-8; destroyed at the end of the reading, also by an error
 * @param file what messages call it
 * @throws InputError for an empty file, or a header with doubled or missing names
 */
export async function readCsv(
  bytes: Readable,
  file: string,
  options: CsvOptions = {},
  reading: CsvReading = {},
): Promise<RowSource> {
  try {
    return await open(bytes, file, options, reading);
  } catch (error) {
    bytes.destroy();
    throw error;
  }
}

/** @throws InputError when there is no usable header among the first records */
function headerOf(first: readonly CsvRecord[], file: string, skipped: number): readonly string[] {
  const [header] = first;
  if (header === undefined) {
    throw sourceError(
      'csv-header',
      { file, row: skipped + 1 },
      skipped === 0 ? 'The file is empty.' : 'The file ends before its header row.',
      'A CSV file has a header row with the names of its columns.',
    );
  }
  const columns = header.cells.map((name) => name.trim());
  checkHeader(file, columns, header.line);
  return columns;
}

async function open(
  bytes: Readable,
  file: string,
  options: CsvOptions,
  { inThread = false }: CsvReading,
): Promise<RowSource> {
  let columns = options.columns;
  if (columns !== undefined) checkHeader(file, columns, undefined);
  const skipped = options.skipLines ?? 0;
  const chunks = skipLines(chunksOf(bytes), skipped);
  /** What the header was read from, where a thread reads it again. */
  const start: Buffer[] = [];
  const headerChunks = async function* () {
    for await (const chunk of chunks) {
      start.push(chunk);
      yield chunk;
    }
  };
  const fromStart = async function* () {
    yield* start.splice(0);
    yield* chunks;
  };
  const recordsOf = async function* (parsed: AsyncIterable<ParsedRecords>): AsyncGenerator<readonly CsvRecord[]> {
    for await (const { records, failure } of parsed) {
      if (records.length > 0) yield records;
      if (failure !== undefined) throw csvError(failure, file, columns);
    }
  };
  const records = recordsOf(parseHere(inThread ? headerChunks() : chunks, file, options));
  const first: readonly CsvRecord[] = (await records.next()).value ?? [];
  const names = options.columns ?? headerOf(first, file, skipped);
  columns = names;
  const shortRows = options.shortRows ?? 'error';
  const firstAndRest = async function* () {
    yield first;
    yield* records;
  };
  return new CsvSource(file, names, options.formulaGuard === true, bytes, async function* (signal) {
    const batches = inThread ? recordsOf(parseInThread(fromStart(), file, options, signal)) : firstAndRest();
    let headers = options.columns === undefined ? 1 : 0;
    try {
      for await (const batch of batches) {
        const rows = batch.slice(headers).map((record) => toRow(record, names.length, shortRows));
        headers = 0;
        if (rows.length > 0) yield rows;
      }
    } finally {
      bytes.destroy();
    }
  });
}
