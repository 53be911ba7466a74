import type { Readable } from 'node:stream';
import { CsvError, type InfoRecord, type Parser, parse } from 'csv-parse';
import type { ColumnReader, Row, RowSource } from '../row.ts';
import { sourceError } from '../source-problem.ts';
import type { CsvOptions } from './csv-options.ts';

/** Rows are handed on in batches of at most this many. */
const batchSize = 1_000;
/** The longest record that is read: a longer one is mostly a quote that was never closed. */
const maximumRecordLength = 4 * 1024 * 1024;

/** What the parser says of a failure, as this project says it. `row` is where the record that failed begins. */
function parseError(file: string, row: number, cause: CsvError): Error {
  switch (cause.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return sourceError(
        'csv-syntax',
        { file, row },
        'A quote is opened in this row and never closed.',
        'Close it, or double it where it is part of the text.',
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return sourceError(
        'csv-syntax',
        { file, row },
        'A quote stands in the middle of a cell.',
        'Put the whole cell in quotes, and double the quotes inside it.',
      );
    case 'CSV_MAX_RECORD_SIZE':
      return sourceError(
        'too-long',
        { file, row },
        `This row is longer than ${maximumRecordLength.toLocaleString('en')} characters.`,
        'Mostly a quote that is not closed; else shorten the cell.',
      );
    default:
      return sourceError('csv-syntax', { file, row }, `The file cannot be read as CSV: ${cause.message}.`);
  }
}

/** How often `text` stands in the cells of a record. */
function count(record: readonly string[], text: string): number {
  let found = 0;
  for (const cell of record) for (let at = cell.indexOf(text); at >= 0; at = cell.indexOf(text, at + 1)) found += 1;
  return found;
}

/** The parser's records as rows, with the lines in which they begin. */
class Records {
  #end: number;
  /** The parser counts a CR LF inside quotes as two lines. */
  #countedTwice = 0;

  constructor(skippedLines: number) {
    this.#end = skippedLines;
  }

  /** Where the record begins that comes after those that were read. */
  get nextLine(): number {
    return this.#end + 1;
  }

  /** Empty lines give null, which the parser leaves out: its own option for them counts their lines twice. */
  readonly read = (cells: string[], context: InfoRecord): Row | null => {
    this.#countedTwice += count(cells, '\r\n');
    this.#end = context.lines - this.#countedTwice;
    if (cells.length === 1 && cells[0] === '') return null;
    return { line: this.#end - count(cells, '\n'), cells };
  };
}

function checkHeader(file: string, header: readonly string[], line: number): void {
  const problems: string[] = [];
  const seen = new Map<string, number>();
  header.forEach((name, index) => {
    const before = seen.get(name);
    if (name === '') problems.push(`column ${index + 1} has no name`);
    else if (before !== undefined) problems.push(`columns ${before} and ${index + 1} are both named "${name}"`);
    seen.set(name, index + 1);
  });
  if (problems.length === 0) return;
  throw sourceError(
    'csv-header',
    { file, row: line },
    `The header row is not usable: ${problems.join('; ')}.`,
    'Name each column once; or list the names in the mapping (csv: columns) and skip the header (csv: skipLines).',
  );
}

/** Batches of rows from the parser, without a turn of the event loop for each row. */
async function* drain(parser: Parser): AsyncGenerator<Row[]> {
  let wake: (() => void) | undefined;
  let ended = false;
  let failure: Error | undefined;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  parser.on('readable', notify);
  parser.on('end', () => {
    ended = true;
    notify();
  });
  parser.on('error', (error) => {
    failure = error;
    notify();
  });
  try {
    for (;;) {
      const rows: Row[] = [];
      for (let row = parser.read() as Row | null; row !== null; row = parser.read() as Row | null) {
        rows.push(row);
        if (rows.length >= batchSize) break;
      }
      if (rows.length > 0) yield rows;
      else if (failure !== undefined) throw failure;
      else if (ended) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    parser.destroy();
  }
}

function withFault(row: Row, columns: number, shortRows: 'error' | 'pad'): Row {
  const cells = row.cells as readonly string[];
  if (cells.length === columns) return row;
  if (cells.length > columns) {
    return {
      ...row,
      fault: `The row has ${cells.length} cells and the header has ${columns}: a delimiter in a text, mostly.`,
    };
  }
  if (shortRows === 'pad') return { ...row, cells: [...cells, ...Array<string>(columns - cells.length).fill('')] };
  return {
    ...row,
    fault: `The row has ${cells.length} cells and the header has ${columns}. If the rest is empty, say csv: { shortRows: pad }.`,
  };
}

class CsvSource implements RowSource {
  readonly file: string;
  readonly unit = 'line';
  readonly columns: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #batches: () => AsyncIterable<readonly Row[]>;

  constructor(file: string, columns: readonly string[], batches: () => AsyncIterable<readonly Row[]>) {
    this.file = file;
    this.columns = columns;
    this.#positions = new Map(columns.map((name, position) => [name, position]));
    this.#batches = batches;
  }

  column(name: string): ColumnReader | undefined {
    const position = this.#positions.get(name);
    return position === undefined ? undefined : (row) => (row.cells as readonly string[])[position];
  }

  batches(): AsyncIterable<readonly Row[]> {
    return this.#batches();
  }
}

/**
 * Opens CSV text (RFC 4180, and what people write instead of it) and reads its header. Empty lines are passed over.
 *
 * @param file what messages call it
 * @throws InputError for an empty file, or a header with doubled or missing names
 */
export async function readCsv(bytes: Readable, file: string, options: CsvOptions = {}): Promise<RowSource> {
  const records = new Records(options.skipLines ?? 0);
  const quote = options.quote ?? '"';
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? (/\.tsv(?:\.gz)?$/i.test(file) ? '\t' : ','),
    quote,
    escape: options.escape ?? quote,
    from_line: (options.skipLines ?? 0) + 1,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: maximumRecordLength,
    on_record: records.read as never,
  });
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);

  const rows = drain(parser);
  const next = async (): Promise<readonly Row[] | undefined> => {
    try {
      const { done, value } = await rows.next();
      return done === true ? undefined : value;
    } catch (error) {
      bytes.destroy();
      throw error instanceof CsvError ? parseError(file, records.nextLine, error) : error;
    }
  };

  let first = await next();
  if (first === undefined && options.columns === undefined) {
    throw sourceError(
      'csv-header',
      { file, row: 1 },
      'The file is empty.',
      'A CSV file has a header row with the names of its columns.',
    );
  }
  let columns = options.columns;
  if (columns === undefined) {
    const [header, ...rest] = first as readonly [Row, ...Row[]];
    columns = (header.cells as readonly string[]).map((name) => name.trim());
    checkHeader(file, columns, header.line);
    first = rest;
  }
  const width = columns.length;
  const shortRows = options.shortRows ?? 'error';
  return new CsvSource(file, columns, async function* () {
    try {
      for (let batch = first; batch !== undefined; batch = await next()) {
        yield batch.map((row) => withFault(row, width, shortRows));
      }
    } finally {
      parser.destroy();
      bytes.destroy();
    }
  });
}
