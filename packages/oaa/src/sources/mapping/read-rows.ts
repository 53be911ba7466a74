import { InputError } from '../../errors/errors.ts';
import type { Row, RowSource } from '../row.ts';
import { sourceDiagnostic } from '../source-problem.ts';
import type { ItemStep } from './item-context.ts';
import { mappingPath, type RunProblems } from './run-problems.ts';

/** A source that is ready to be read. */
export interface OpenedSource {
  readonly source: RowSource;
  /** Whether the source's own `when` lets a row pass. */
  readonly holds: (row: Row) => boolean;
  readonly steps: readonly ItemStep[];
}

export interface ReadOptions {
  /** Only so many rows of each source are read; for a preview. */
  readonly maxRows?: number | undefined;
  /** Rows that were read of all sources together. */
  readonly onProgress?: ((progress: { readonly file: string; readonly rows: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How much of a source was read. */
interface ReadRows {
  rows: number;
  /** Rows that passed the source's own `when`. */
  passed: number;
  /** Whether rows were left out on purpose: no more were wanted. */
  isCut: boolean;
  /** Whether reading stopped because of too many bad rows. */
  isStopped: boolean;
}

async function readBatches(
  { source, holds, steps }: OpenedSource,
  number: number,
  problems: RunProblems,
  { maxRows = Number.POSITIVE_INFINITY, onProgress, signal }: ReadOptions,
  before: number,
  read: ReadRows,
): Promise<void> {
  for await (const batch of source.batches()) {
    signal?.throwIfAborted();
    for (const row of batch) {
      read.isCut = read.rows >= maxRows;
      read.isStopped = problems.isFull;
      if (read.isCut || read.isStopped) return;
      read.rows += 1;
      if (row.fault !== undefined) {
        const path = mappingPath(['sources', number]);
        problems.add({ code: 'row-shape', source: number, line: row.line, path, message: row.fault });
        continue;
      }
      if (!holds(row)) continue;
      read.passed += 1;
      for (const step of steps) step(row);
    }
    onProgress?.({ file: source.file, rows: before + read.rows });
  }
}

/**
 * Reads the rows of a source. What makes the file unreadable from some row on is told with the problems of the other
 * files; a file that gives nothing gets a warning, because a push removes what it gave before.
 *
 * @param before rows that were read of other sources
 */
export async function readRows(
  opened: OpenedSource,
  number: number,
  problems: RunProblems,
  options: ReadOptions,
  before: number,
): Promise<ReadRows> {
  const read: ReadRows = { rows: 0, passed: 0, isCut: false, isStopped: false };
  const errors = problems.errors;
  try {
    await readBatches(opened, number, problems, options, before, read);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { diagnostics, message, hint } = error;
    const place = { file: opened.source.file };
    problems.addFatal(
      number,
      diagnostics.length > 0 ? diagnostics : [sourceDiagnostic('unreadable', place, message, hint)],
    );
    return read;
  }
  if (read.passed === 0 && !read.isCut && !read.isStopped && problems.errors === errors) {
    problems.add({
      severity: 'warning',
      code: 'empty-value',
      source: number,
      line: 0,
      path: mappingPath(['sources', number, ...(read.rows === 0 ? ['file'] : ['when'])]),
      message:
        read.rows === 0
          ? 'The file has no rows.'
          : `None of the ${read.rows.toLocaleString('en')} rows passes the "when" of the source.`,
      hint: 'Nothing is made from it. A push of this payload removes what the file gave before.',
    });
  }
  return read;
}
