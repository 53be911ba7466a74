import { type Diagnostic, type DiagnosticCode, joinPath, type Severity } from '../../payload/diagnostics.ts';
import type { MappingPath } from './compile-context.ts';

/** A problem of a row. */
export interface RowProblem {
  readonly severity?: Severity | undefined;
  readonly code: DiagnosticCode;
  /** The number of the source in the run. */
  readonly source: number;
  readonly line: number;
  readonly column?: string | undefined;
  /** JSONPath of the part of the mapping that found it. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A row that cannot be used, and why. */
export interface BadRow {
  readonly line: number;
  readonly reasons: string[];
}

/** JSONPath of a part of the mapping. */
export function mappingPath(path: MappingPath): string {
  return joinPath('$', ...path);
}

/** Collects what is wrong with rows, up to a limit of bad rows. Warnings are bounded by the same number. */
export class RunProblems {
  readonly diagnostics: Diagnostic[] = [];
  /** By number of the source. */
  readonly badRows = new Map<number, Map<number, BadRow>>();
  readonly #mapping: string;
  readonly #files: readonly string[];
  readonly #limit: number;
  #badRowCount = 0;
  #errors = 0;
  #warnings = 0;
  #unlisted = 0;

  /** @param mapping what stands for source -1: the mapping itself */
  constructor(mapping: string, files: readonly string[], limit: number) {
    this.#mapping = mapping;
    this.#files = files;
    this.#limit = limit;
  }

  fileOf(source: number): string {
    return this.#files[source] ?? this.#mapping;
  }

  /** A problem that ends the reading of a source. */
  addFatal(diagnostics: readonly Diagnostic[]): void {
    this.#errors += diagnostics.length;
    this.diagnostics.push(...diagnostics);
  }

  get errors(): number {
    return this.#errors;
  }

  /** Whether so many rows are bad that reading on is of no use. */
  get isFull(): boolean {
    return this.#badRowCount >= this.#limit;
  }

  /** Problems that were counted and not listed. */
  get unlisted(): number {
    return this.#unlisted;
  }

  add(problem: RowProblem): void {
    const severity = problem.severity ?? 'error';
    const file = this.fileOf(problem.source);
    if (severity === 'error') {
      this.#errors += 1;
      this.#mark(problem);
      if (this.#errors > this.#limit * 10) {
        this.#unlisted += 1;
        return;
      }
    } else {
      this.#warnings += 1;
      if (this.#warnings > this.#limit) {
        this.#unlisted += 1;
        return;
      }
    }
    this.diagnostics.push({
      severity,
      code: problem.code,
      path: problem.path,
      message: problem.message,
      ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      source: {
        file,
        ...(problem.line > 0 ? { row: problem.line } : {}),
        ...(problem.column === undefined ? {} : { column: problem.column }),
      },
    });
  }

  #mark({ source, line, column, message }: RowProblem): void {
    const rows = this.badRows.get(source) ?? new Map<number, BadRow>();
    this.badRows.set(source, rows);
    const reason = column === undefined ? message : `${column}: ${message}`;
    const known = rows.get(line);
    if (known !== undefined) known.reasons.push(reason);
    else if (!this.isFull) {
      rows.set(line, { line, reasons: [reason] });
      this.#badRowCount += 1;
    }
  }
}
