import type { CsvDialect } from './csv-dialect.ts';

/** A record in the text of a file, in units. */
export interface RawRecord {
  /** As they are written, with their quotes. */
  readonly cells: readonly string[];
  readonly start: number;
  /** Behind the last cell. */
  readonly end: number;
  /** Behind the end of the line. */
  readonly next: number;
}

/** Text that is no CSV: the reader of sources refuses it as well. */
export class CsvSyntaxError extends Error {}

/** The next place of a mark; remembered, so that a text without it is searched once. */
class Mark {
  readonly #text: string;
  readonly #mark: string;
  #place = -2;

  constructor(text: string, mark: string) {
    this.#text = text;
    this.#mark = mark;
    if (mark === '') this.#place = -1;
  }

  /** Infinity where there is none. */
  from(at: number): number {
    if (this.#place !== -1 && this.#place < at) this.#place = this.#text.indexOf(this.#mark, at);
    return this.#place === -1 ? Number.POSITIVE_INFINITY : this.#place;
  }
}

/** Where a cell ends, and whether its line does. */
interface CellEnd {
  readonly end: number;
  readonly isLast: boolean;
}

/**
 * Reads the records of a text one by one, as the reader of sources does: a line ends at CR LF, LF or CR, a quoted cell has
 * its quotes at both ends, and empty lines are passed over.
 */
export class RecordReader {
  readonly #text: string;
  readonly #dialect: CsvDialect;
  readonly #isWhole: boolean;
  readonly #lineFeed: Mark;
  readonly #carriageReturn: Mark;
  readonly #quote: Mark;
  #at: number;

  /** @param isWhole whether the text ends where the file does; else what may go on in the next piece is left alone */
  constructor(text: string, at: number, isWhole: boolean, dialect: CsvDialect) {
    this.#text = text;
    this.#at = at;
    this.#isWhole = isWhole;
    this.#dialect = dialect;
    this.#lineFeed = new Mark(text, '\n');
    this.#carriageReturn = new Mark(text, '\r');
    this.#quote = new Mark(text, dialect.quote);
  }

  /** Where the next record begins. */
  get at(): number {
    return this.#at;
  }

  /** Passes over a line, whatever is in it. False: it does not end in this text. */
  skipLine(): boolean {
    const next = this.#behindLine(this.#lineEnd(this.#at));
    if (next === undefined) return false;
    this.#at = next;
    return true;
  }

  /** Undefined when no further record is complete. @throws CsvSyntaxError */
  next(): RawRecord | undefined {
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const lineEnd = this.#lineEnd(start);
      const cells = this.#quote.from(start) < lineEnd ? this.#quotedCells(start) : this.#plainCells(start, lineEnd);
      if (cells === undefined) return undefined;
      const next = this.#behindLine(cells.end);
      if (next === undefined) return undefined;
      this.#at = next;
      if (cells.end > start) return { cells: cells.cells, start, end: cells.end, next };
    }
    return undefined;
  }

  #lineEnd(at: number): number {
    return Math.min(this.#lineFeed.from(at), this.#carriageReturn.from(at));
  }

  /** Undefined where more of the file has to be known. */
  #behindLine(end: number): number | undefined {
    const text = this.#text;
    if (end >= text.length) return this.#isWhole ? text.length : undefined;
    if (text[end] !== '\r') return end + 1;
    if (end + 1 === text.length && !this.#isWhole) return undefined;
    return text[end + 1] === '\n' ? end + 2 : end + 1;
  }

  #plainCells(start: number, lineEnd: number): { readonly cells: readonly string[]; readonly end: number } | undefined {
    const end = Math.min(lineEnd, this.#text.length);
    if (lineEnd > end && !this.#isWhole) return undefined;
    return { cells: this.#text.slice(start, end).split(this.#dialect.delimiter), end };
  }

  #quotedCells(start: number): { readonly cells: readonly string[]; readonly end: number } | undefined {
    const cells: string[] = [];
    let at = start;
    for (;;) {
      const cell = this.#cellEnd(at);
      if (cell === undefined) return undefined;
      cells.push(this.#text.slice(at, cell.end));
      if (cell.isLast) return { cells, end: cell.end };
      at = cell.end + this.#dialect.delimiter.length;
    }
  }

  #cellEnd(at: number): CellEnd | undefined {
    const { quote, delimiter } = this.#dialect;
    const text = this.#text;
    if (!text.startsWith(quote, at)) {
      const found = text.indexOf(delimiter, at);
      const lineEnd = Math.min(this.#lineEnd(at), text.length);
      if (lineEnd === text.length && !this.#isWhole) return undefined;
      const isLast = found < 0 || found >= lineEnd;
      const end = isLast ? lineEnd : found;
      if (this.#quote.from(at) < end) throw new CsvSyntaxError('a quote stands in the middle of a cell');
      return { end, isLast };
    }
    const end = this.#closed(at + quote.length);
    if (end === undefined || (!this.#isWhole && end + delimiter.length > text.length)) return undefined;
    if (text.startsWith(delimiter, end)) return { end, isLast: false };
    if (end === text.length || text[end] === '\n' || text[end] === '\r') return { end, isLast: true };
    throw new CsvSyntaxError('something stands behind the quote that closes a cell');
  }

  /** Behind the closing quote of a cell. */
  #closed(from: number): number | undefined {
    const { quote, escapeMark } = this.#dialect;
    const text = this.#text;
    let at = from;
    for (;;) {
      const closing = text.indexOf(quote, at);
      if (escapeMark !== quote) {
        const escaped = text.indexOf(escapeMark, at);
        if (escaped >= 0 && escaped < closing) {
          at = escaped + escapeMark.length + 1;
          continue;
        }
      }
      if (closing < 0 || (!this.#isWhole && closing + quote.length >= text.length)) return this.#unclosed();
      if (escapeMark !== quote || !text.startsWith(quote, closing + quote.length)) return closing + quote.length;
      at = closing + quote.length * 2;
    }
  }

  #unclosed(): undefined {
    if (this.#isWhole) throw new CsvSyntaxError('a quote is opened and never closed');
    return undefined;
  }
}
