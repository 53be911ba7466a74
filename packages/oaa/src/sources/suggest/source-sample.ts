import type { FileSource } from '../mapping/mapping-schema.ts';

/** Stands between the items of a cell that is a list (JSON). */
export const itemSeparator = '\u001f';

/** A column of a file, as far as it was read. */
export interface SampledColumn {
  readonly name: string;
  /** One trimmed text for each row; empty where the row has nothing. */
  readonly cells: readonly string[];
  /** Whether cells are lists already (JSON); their items stand between {@link itemSeparator}. */
  readonly isList: boolean;
}

/** The beginning of a file, or all of it. */
export interface SourceSample {
  /** How the mapping reads the file. */
  readonly source: FileSource;
  readonly columns: readonly SampledColumn[];
  /** Rows that were read. */
  readonly rows: number;
  /** Whether these are all rows of the file. */
  readonly complete: boolean;
  /** What was guessed to read the file, and should be looked at. */
  readonly notes: readonly string[];
}

/** The texts of a column that are not empty. */
export function valuesOf({ cells }: SampledColumn): string[] {
  return cells.filter((cell) => cell !== '');
}

/** The distinct texts of a column that are not empty, in order of appearance. */
export function distinctValues(column: SampledColumn): string[] {
  return [...new Set(valuesOf(column))];
}
