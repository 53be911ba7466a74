import { CsvError, Parser } from 'csv-parse';
import { sourceError } from '../source-problem.ts';
import { type CsvFailure, maximumRecordLength } from './csv-error.ts';
import type { CsvOptions } from './csv-options.ts';

/** The cells of a row, and the line in which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a piece of the text gave. */
export interface ParsedRecords {
  readonly records: readonly CsvRecord[];
  /** Why nothing more can be read after them. */
  readonly failure: CsvFailure | undefined;
}

/** How often CR LF stands in the cells of a record. */
function countCrLf(record: readonly string[]): number {
  let found = 0;
  for (const cell of record) for (let at = cell.indexOf('\r\n'); at >= 0; at = cell.indexOf('\r\n', at + 1)) found += 1;
  return found;
}

/** The parser without its stream: records are taken where it would push them, so that none waits in a queue. */
class Records extends Parser {
  taken: CsvRecord[] = [];
  #end: number;
  #lines = 0;
  #emptyLines = 0;

  constructor(options: ConstructorParameters<typeof Parser>[0], skippedLines: number) {
    super(options);
    this.#end = skippedLines;
  }

  /** Where the record begins that comes after those that were read. */
  get nextLine(): number {
    return this.#end + 1 + this.info.empty_lines - this.#emptyLines;
  }

  override push(cells: string[] | null): boolean {
    if (cells === null) return false;
    const line = this.nextLine;
    const counted = this.info.lines - this.#lines - (this.info.empty_lines - this.#emptyLines);
    // The parser counts a CR LF inside quotes as two lines.
    this.#end = line + counted - 1 - (counted === 1 ? 0 : countCrLf(cells));
    this.#lines = this.info.lines;
    this.#emptyLines = this.info.empty_lines;
    this.taken.push({ line, cells });
    return true;
  }
}

function checkOptions(file: string, delimiter: string, quote: string): void {
  if (delimiter === '' || /[\r\n]/.test(delimiter)) {
    throw sourceError('csv-syntax', { file }, 'The delimiter must not be empty or break the line.');
  }
  if (quote !== '' && delimiter.includes(quote)) {
    throw sourceError('csv-syntax', { file }, `The delimiter ${JSON.stringify(delimiter)} has the quote in it.`);
  }
}

/** Turns chunks of CSV into records. Empty lines are passed over. */
export class RecordParser {
  readonly #records: Records;

  constructor(file: string, options: CsvOptions) {
    const delimiter = options.delimiter ?? (/\.tsv(?:\.gz)?$/i.test(file) ? '\t' : ',');
    const quote = options.quote ?? '"';
    checkOptions(file, delimiter, quote);
    this.#records = new Records(
      {
        delimiter,
        quote: quote === '' ? null : quote,
        escape: quote === '' ? null : (options.escape ?? quote),
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: maximumRecordLength,
      },
      options.skipLines ?? 0,
    );
  }

  /** The records that a chunk completes; at the end of the file call `finish`. */
  read(chunk: Buffer): ParsedRecords {
    return this.#run((done) => this.#records._transform(chunk, 'utf8', done));
  }

  finish(): ParsedRecords {
    return this.#run((done) => this.#records._flush(done));
  }

  #run(work: (done: (error?: Error | null) => void) => void): ParsedRecords {
    this.#records.taken = [];
    let failure: CsvFailure | undefined;
    work((error) => {
      if (error instanceof CsvError) {
        const { code, message, column } = error;
        const position = typeof column === 'number' ? column : undefined;
        failure = { code, message, position, line: this.#records.nextLine };
      } else if (error) throw error;
    });
    return { records: this.#records.taken, failure };
  }
}
