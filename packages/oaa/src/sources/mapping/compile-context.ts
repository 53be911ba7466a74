import type { RowSource } from '../row.ts';

/** A step into the mapping document. */
export type MappingPath = readonly (string | number)[];

/** What the parts of a mapping are compiled against. */
export interface CompileContext {
  readonly source: Pick<RowSource, 'file' | 'columns' | 'column'>;
  /** What `list: true` splits at. */
  readonly delimiter: string;
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Reports a problem of the mapping itself. */
  problem(path: MappingPath, message: string, hint?: string): void;
}
