import type { CsvDialect } from './text/csv-dialect.ts';

/** A file of rows that may be written into. */
export interface Table {
  /** As the mapping and messages name it. */
  readonly file: string;
  readonly path: string;
  readonly dialect: CsvDialect;
}

/** A row as the mapping reads it. */
export interface RowView {
  /** The text of a cell, without outer spaces. @throws MissingColumnError */
  text(column: string): string;
}

/** Cells by their columns. */
export type Cells = ReadonlyMap<string, string>;

/** What becomes of a row; undefined: it stays. */
export type RowEdit = 'remove' | Cells | undefined;

/** What an operation does in one table. An editor is for one pass. */
export interface RowEditor {
  /** @throws Refusal */
  row(row: RowView): RowEdit;
  /** Rows to add once all were seen. @throws Refusal */
  added?(): readonly Cells[];
}

/** The file lacks a column that the mapping names. */
export class MissingColumnError extends Error {
  readonly column: string;

  constructor(file: string, column: string) {
    super(`${file} has no column "${column}"`);
    this.column = column;
  }
}
