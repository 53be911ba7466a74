/** How a CSV file is written. */
export interface CsvOptions {
  /** One or more characters; a comma unless told otherwise (a tab for `.tsv`). */
  readonly delimiter?: string | undefined;
  /** A double quote unless told otherwise; an empty text where quotes mean nothing. */
  readonly quote?: string | undefined;
  /** What stands before a quote inside quotes; the quote itself unless told otherwise. */
  readonly escape?: string | undefined;
  /** Names of the columns where the file has no header row. */
  readonly columns?: readonly string[] | undefined;
  /** Lines before the header row. */
  readonly skipLines?: number | undefined;
  /** What to do with a row that has fewer cells than there are columns: refuse it (the default), or read them as empty. */
  readonly shortRows?: 'error' | 'pad' | undefined;
  /** Whether an apostrophe before `= + - @`, a tab or CR at the start of a cell keeps spreadsheets from running it. */
  readonly formulaGuard?: boolean | undefined;
}
