/** A record of a source: the cells of a CSV line, or the object of a JSON element. */
export interface Row {
  /** Where it begins: the line of the file (CSV, NDJSON), or the number of the element (JSON array). From 1. */
  readonly line: number;
  /** Cells by the position of their column (CSV), or the object. */
  readonly cells: readonly string[] | Readonly<Record<string, unknown>>;
  /** Why the row cannot be read as it should: it has more or fewer cells than the header, or is no object. */
  readonly fault?: string | undefined;
}

/** Reads one column of a row; undefined when the row has no such value. */
export type ColumnReader = (row: Row) => unknown;

/** An opened source. Can be read once. */
export interface RowSource {
  /** As it is named in messages. */
  readonly file: string;
  /** What `line` counts, for messages. */
  readonly unit: 'line' | 'element';
  /** The names of the columns, in order; undefined for JSON, where only the rows tell. */
  readonly columns: readonly string[] | undefined;
  /** How to read a column; undefined when a CSV header does not have it. */
  column(name: string): ColumnReader | undefined;
  /**
   * The rows, in batches of moderate size.
   * @throws InputError for what ends the reading: an unterminated quote, a broken encoding, an over-long cell.
   */
  batches(): AsyncIterable<readonly Row[]>;
  /** Closes the file. Reading to the end, or breaking out of the loop, closes it as well. */
  close(): void;
}
