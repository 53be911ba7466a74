import type { DiagnosticCode, Severity } from '../../payload/diagnostics.ts';
import type { Row, RowSource } from '../row.ts';

/** A step into the mapping document. */
export type MappingPath = readonly (string | number)[];

/** Something to say about a row. */
export interface RowRemark {
  /** An error unless told otherwise. */
  readonly severity?: Severity | undefined;
  readonly code: DiagnosticCode;
  readonly column?: string | undefined;
  /** JSONPath of the part of the mapping that found it. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What the parts of a mapping are compiled against. */
export interface CompileContext {
  readonly source: Pick<RowSource, 'file' | 'columns' | 'column'>;
  /** What `list: true` splits at. */
  readonly delimiter: string;
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Reports a problem of the mapping itself. */
  problem(path: MappingPath, message: string, hint?: string): void;
  /** Reports something about a row. */
  report(row: Row, remark: RowRemark): void;
}
