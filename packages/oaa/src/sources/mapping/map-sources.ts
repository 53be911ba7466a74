import type { ApplicationPayload } from '../../payload/application/application-payload.ts';
import type { Diagnostic } from '../../payload/diagnostics.ts';
import type { StreamingPayload } from '../../payload/serialise.ts';
import { BadRowsError } from './bad-rows-error.ts';
import { buildFromLedger } from './ledger/ledger-builder.ts';
import { LedgerDocument } from './ledger/ledger-document.ts';
import type { MappingDocument } from './read-mapping.ts';
import { type MappingRun, type RunOptions, runMapping } from './run-mapping.ts';

const defaultMemoryBytes = 8 * 1024 * 1024;

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

export interface StreamOptions extends RunOptions {
  /** So many bytes of entities stay in memory; 8 MiB unless told otherwise. The rest lies in a temporary file. */
  readonly memoryBytes?: number | undefined;
}

function refuseErrors(run: MappingRun): void {
  if (run.errors === 0 && !run.stopped) return;
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
export async function streamPayload(mapping: MappingDocument, options: StreamOptions = {}): Promise<StreamedPayload> {
  const run = await runMapping(mapping, options.memoryBytes ?? defaultMemoryBytes, options);
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
