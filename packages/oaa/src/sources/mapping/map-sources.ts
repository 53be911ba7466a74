import { InputError } from '../../errors/errors.ts';
import type { ApplicationPayload } from '../../payload/application/application-payload.ts';
import type { Diagnostic } from '../../payload/diagnostics.ts';
import type { StreamingPayload } from '../../payload/serialise.ts';
import { buildFromLedger } from './ledger/ledger-builder.ts';
import { LedgerDocument } from './ledger/ledger-document.ts';
import type { MappingDocument } from './read-mapping.ts';
import { type MappingRun, type RunOptions, runMapping } from './run-mapping.ts';

/** So many bytes of entities stay in memory while a payload is streamed. */
const streamedMemoryBytes = 8 * 1024 * 1024;

export interface MappedPayload<Payload> {
  readonly payload: Payload;
  /** Warnings; errors are thrown. */
  readonly diagnostics: readonly Diagnostic[];
  /** Rows that were read. */
  readonly rows: number;
  /** Whether rows were left out because of `maxRows`. */
  readonly partial: boolean;
}

/** A payload whose entities lie in a temporary file; it can be written any number of times until it is closed. */
export interface StreamedPayload extends MappedPayload<StreamingPayload> {
  /** How many entities of each kind there are; grants are counted while the payload is written. */
  counts(): Readonly<Record<string, number>>;
  /** Removes the temporary file. */
  close(): void;
}

/** Rows that cannot be used. Nothing is made of the others either: a payload is a snapshot, and half of one removes. */
export class BadRowsError extends InputError {
  readonly run: Pick<MappingRun, 'badRows' | 'errors' | 'unlisted' | 'stopped' | 'rows'>;

  constructor(run: MappingRun) {
    const rows = [...run.badRows.values()].reduce((sum, bad) => sum + bad.size, 0);
    const stopped = run.stopped ? ' Reading stopped there.' : '';
    const what =
      rows === 0
        ? 'The sources cannot be read to their end.'
        : `${rows.toLocaleString('en')} of ${run.rows.toLocaleString('en')} rows cannot be used.${stopped}`;
    super('input-invalid', `${what} Nothing was written.`, {
      hint: 'Correct the rows or the mapping; --rejects <file> writes the rows with their reasons.',
      diagnostics: run.diagnostics,
    });
    this.run = run;
  }
}

function refuseErrors(run: MappingRun): void {
  if (run.errors === 0) return;
  run.ledger.spool.close();
  throw new BadRowsError(run);
}

/**
 * Reads the sources of a mapping into a builder, which can be changed further. Everything is in memory: for large
 * inputs use {@link streamPayload}, which gives the same document.
 *
 * @throws InputError for a mapping that is not usable, {@link BadRowsError} when rows are not
 * @example
 * const { payload } = await buildPayload(await readMapping('mapping.yaml'));
 * console.log([...payload.applications].map((application) => application.users.size));
 */
export async function buildPayload(
  mapping: MappingDocument,
  options: RunOptions = {},
): Promise<MappedPayload<ApplicationPayload>> {
  const run = await runMapping(mapping, Number.POSITIVE_INFINITY, options);
  refuseErrors(run);
  const payload = buildFromLedger(run.ledger, run.head, run.properties);
  return { payload, diagnostics: run.diagnostics, rows: run.rows, partial: run.partial };
}

/**
 * Reads the sources of a mapping into a payload that writes itself. Keys, links and grants stay in memory in compact
 * form; the rest of the entities lies in a temporary file.
 *
 * @throws InputError for a mapping that is not usable, {@link BadRowsError} when rows are not
 */
export async function streamPayload(mapping: MappingDocument, options: RunOptions = {}): Promise<StreamedPayload> {
  const run = await runMapping(mapping, streamedMemoryBytes, options);
  refuseErrors(run);
  const payload = new LedgerDocument(run.ledger, run.head);
  return {
    payload,
    diagnostics: run.diagnostics,
    rows: run.rows,
    partial: run.partial,
    counts: () => payload.counts(),
    close: () => run.ledger.spool.close(),
  };
}
