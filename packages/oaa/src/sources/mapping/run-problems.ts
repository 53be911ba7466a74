import { type Diagnostic, joinPath } from '../../payload/diagnostics.ts';
import type { MappingPath, RowRemark } from './compile-context.ts';

/** A problem of a row. */
export interface RowProblem extends RowRemark {
  /** The number of the source in the run; -1 for the mapping itself. */
  readonly source: number;
  /** 0 where it is the source as a whole. */
  readonly line: number;
}

/** A row that cannot be used, and why. */
export interface BadRow {
  readonly line: number;
  readonly reasons: string[];
}

/** So many problems are listed for each bad row that is allowed. */
const listedPerRow = 10;

/** JSONPath of a part of the mapping. */
export function mappingPath(path: MappingPath): string {
  return joinPath('$', ...path);
}

/** Collects what is wrong with rows, up to a limit of bad rows. Warnings are bounded by the same number. */
export class RunProblems {
  readonly diagnostics: Diagnostic[] = [];
  /** By number of the source, then by line. */
  readonly badRows = new Map<number, Map<number, BadRow>>();
  readonly #mapping: string;
  readonly #files: readonly string[];
  readonly #limit: number;
  readonly #unread = new Set<string>();
  #badRowCount = 0;
  #hasMoreBadRows = false;
  #errors = 0;
  #warnings = 0;
  #unlisted = 0;

  /**
   * @param mapping what stands for source -1: the mapping itself
   * @param limit of bad rows; at least one, or a run that stops at once would look like one without problems
   */
  constructor(mapping: string, files: readonly string[], limit: number) {
    this.#mapping = mapping;
    this.#files = files;
    this.#limit = Math.max(1, limit);
  }

  fileOf(source: number): string {
    return this.#files[source] ?? this.#mapping;
  }

  /** A problem that ends the reading of a source. */
  addFatal(source: number, diagnostics: readonly Diagnostic[]): void {
    this.#unread.add(this.fileOf(source));
    this.#errors += diagnostics.length;
    this.diagnostics.push(...diagnostics);
  }

  /** Files that could not be read to their end. */
  get unread(): readonly string[] {
    return [...this.#unread];
  }

  get errors(): number {
    return this.#errors;
  }

  /** Whether so many rows are bad that reading on is of no use. */
  get isFull(): boolean {
    return this.#badRowCount >= this.#limit;
  }

  /** Whether there are bad rows beyond the limit, which were not counted. */
  get hasMoreBadRows(): boolean {
    return this.#hasMoreBadRows;
  }

  /** Problems that were counted and not listed. */
  get unlisted(): number {
    return this.#unlisted;
  }

  add(problem: RowProblem): void {
    const { severity = 'error', code, source, line, column, path, message, hint } = problem;
    const isError = severity === 'error';
    if (isError) this.#errors += 1;
    else this.#warnings += 1;
    const isListed = isError ? this.#errors <= this.#limit * listedPerRow : this.#warnings <= this.#limit;
    if (isError) this.#mark(problem, isListed);
    if (!isListed) {
      this.#unlisted += 1;
      return;
    }
    this.diagnostics.push({
      severity,
      code,
      path,
      message,
      ...(hint === undefined ? {} : { hint }),
      source: {
        file: this.fileOf(source),
        ...(line > 0 ? { row: line } : {}),
        ...(column === undefined ? {} : { column }),
      },
    });
  }

  #mark({ source, line, column, message }: RowProblem, isListed: boolean): void {
    if (source < 0 || line <= 0) return;
    const rows = this.badRows.get(source) ?? new Map<number, BadRow>();
    this.badRows.set(source, rows);
    const reason = column === undefined ? message : `${column}: ${message}`;
    const known = rows.get(line);
    if (known !== undefined) {
      if (isListed) known.reasons.push(reason);
    } else if (this.isFull) this.#hasMoreBadRows = true;
    else {
      rows.set(line, { line, reasons: [reason] });
      this.#badRowCount += 1;
    }
  }
}
