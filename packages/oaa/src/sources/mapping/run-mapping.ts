import { dirname } from 'node:path';
import type { ApplicationProperties } from '../../payload/application/application-properties.ts';
import type { Diagnostic } from '../../payload/diagnostics.ts';
import type { Row, RowSource } from '../row.ts';
import { compileCondition } from './compile-condition.ts';
import type { RowRemark } from './compile-context.ts';
import { compileDefinitions } from './compile-definitions.ts';
import { compileHead } from './compile-head.ts';
import { compileItem } from './compile-item.ts';
import type { ItemContext } from './item-context.ts';
import { Ledger } from './ledger/ledger.ts';
import type { ApplicationHead } from './ledger/ledger-document.ts';
import { resolveLedger } from './ledger/resolve-ledger.ts';
import { loadTables } from './load-tables.ts';
import { compileRoles, definePermissions } from './mapping-constants.ts';
import { MappingProblems } from './mapping-problems.ts';
import type { FileSource, MappingSource } from './mapping-schema.ts';
import { openFileSource } from './open-file-source.ts';
import type { MappingDocument } from './read-mapping.ts';
import { type OpenedSource, type ReadOptions, readRows } from './read-rows.ts';
import { type BadRow, RunProblems } from './run-problems.ts';

export interface RunOptions extends ReadOptions {
  /** Opens a source in the place of its file: to try a mapping on rows that are in no file. */
  readonly openSource?: ((spec: FileSource) => Promise<RowSource>) | undefined;
  /** What file names of the mapping are relative to; the folder of the mapping unless told otherwise. */
  readonly folder?: string | undefined;
  /** Reading stops after so many bad rows; 1,000 unless told otherwise, at least one. */
  readonly maxBadRows?: number | undefined;
}

/** What a mapping made of its sources. */
export interface MappingRun {
  readonly ledger: Ledger;
  readonly head: ApplicationHead;
  readonly properties: ApplicationProperties;
  /** Errors and warnings of rows, with file, row and column. */
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: number;
  /** Problems that were counted and not listed. */
  readonly unlisted: number;
  /** Rows that were read. */
  readonly rows: number;
  /** Whether reading stopped because there were too many bad rows. */
  readonly stopped: boolean;
  /** Whether rows were left out because of `maxRows`: then references may lead to nothing. */
  readonly partial: boolean;
  /** Bad rows by number of the source, then by line. */
  readonly badRows: ReadonlyMap<number, ReadonlyMap<number, BadRow>>;
  /** Whether there are more bad rows than `maxBadRows`, which were not counted. */
  readonly hasMoreBadRows: boolean;
  /** Files that could not be read to their end. */
  readonly unread: readonly string[];
}

/** Reads the opened sources one after the other; then everything that rows refer to must be there. */
async function readSources(
  sources: readonly OpenedSource[],
  defineRoles: ReturnType<typeof compileRoles>,
  defaultApplication: string,
  ledger: Ledger,
  problems: RunProblems,
  options: RunOptions,
): Promise<{ readonly rows: number; readonly stopped: boolean; readonly partial: boolean }> {
  let rows = 0;
  let partial = false;
  for (const [number, source] of sources.entries()) {
    const read = await readRows(source, number, problems, options, rows);
    rows += read.rows;
    partial ||= read.isCut;
    if (read.isStopped) return { rows, stopped: true, partial };
  }
  // With half a file every reference into the other half would seem to lead to nothing.
  if (problems.unread.length > 0) return { rows, stopped: false, partial };
  const main = ledger.application(defaultApplication);
  if (main.isEmpty && [...ledger.applications].length > 1) ledger.forget(main);
  for (const application of ledger.applications) defineRoles(application);
  resolveLedger(ledger, problems, partial);
  return { rows, stopped: false, partial };
}

/**
 * Reads all sources of a mapping once and enters what their rows say into a ledger. Bad rows are collected, up to a
 * limit; the mapping itself is checked before the first row is read.
 *
 * @param spoolBytes so many bytes of entities stay in memory; the rest lies in a temporary file until
 *   `ledger.spool.close()`
 * @throws InputError for what is wrong with the mapping or with a file as a whole
 */
export async function runMapping(
  { mapping, document }: MappingDocument,
  spoolBytes: number,
  options: RunOptions = {},
): Promise<MappingRun> {
  const folder = options.folder ?? dirname(document.file);
  const files = mapping.sources.map(({ file }) => file);
  const mappingProblems = new MappingProblems(document);
  const problems = new RunProblems(document.file, files, options.maxBadRows ?? 1_000);
  const ledger = new Ledger(spoolBytes);
  const opened: OpenedSource[] = [];
  try {
    const properties = (mapping.properties ?? {}) as ApplicationProperties;
    const schemas = await compileDefinitions(mapping.application.type, properties, mappingProblems);
    const head = compileHead(mapping, schemas, mappingProblems);
    definePermissions(mapping, ledger, mappingProblems);
    const defineRoles = compileRoles(mapping, ledger, mappingProblems);
    const tables = await loadTables(mapping.tables ?? {}, folder, mappingProblems);

    const open = async (spec: MappingSource, number: number): Promise<void> => {
      const at = ['sources', number];
      const source = await mappingProblems.catching([...at, 'file'], () => {
        return options.openSource?.(spec) ?? openFileSource(spec, folder);
      });
      if (source === undefined) return;
      const context: ItemContext = {
        source,
        delimiter: mapping.delimiter,
        tables,
        problem: mappingProblems.add,
        report: (row: Row, remark: RowRemark) => problems.add({ ...remark, source: number, line: row.line }),
        sourceNumber: number,
        ledger,
        problems,
        schemas,
        resourceTypes: Object.keys(properties.resources ?? {}),
        defaultApplication: mapping.application.name,
      };
      opened.push({
        source,
        holds: compileCondition(spec.when, context, [...at, 'when']),
        steps: spec.map.map((item, index) => compileItem(item, context, [...at, 'map', index])),
      });
    };
    // Every source is opened and compiled before the first is read: nothing starts with half a mapping.
    for (const [number, spec] of mapping.sources.entries()) await open(spec, number);
    mappingProblems.refuse();

    const read = await readSources(opened, defineRoles, mapping.application.name, ledger, problems, options);
    return {
      ledger,
      head,
      properties,
      diagnostics: problems.diagnostics,
      errors: problems.errors,
      unlisted: problems.unlisted,
      ...read,
      badRows: problems.badRows,
      hasMoreBadRows: problems.hasMoreBadRows,
      unread: problems.unread,
    };
  } catch (error) {
    ledger.spool.close();
    throw error;
  } finally {
    for (const { source } of opened) source.close();
  }
}
