import { dirname } from 'node:path';
import { InputError, OaaError } from '../../errors/index.ts';
import {
  type ApplicationProperties,
  ApplicationPropertySchemas,
} from '../../payload/application/application-properties.ts';
import type { WireProperties } from '../../payload/application/wire.ts';
import type { Diagnostic } from '../../payload/diagnostics.ts';
import { exceedsBytes, limits } from '../../payload/limits.ts';
import { tagProblem } from '../../payload/tags.ts';
import type { DocumentPath } from '../../settings/positioned-document.ts';
import type { RowSource } from '../row.ts';
import { compileCondition } from './compile-condition.ts';
import type { ItemStep } from './compile-entity.ts';
import { compileItem } from './compile-item.ts';
import type { ItemContext } from './item-context.ts';
import { Ledger } from './ledger/ledger.ts';
import type { ApplicationHead } from './ledger/ledger-document.ts';
import { resolveLedger } from './ledger/resolve-ledger.ts';
import { loadTables } from './load-tables.ts';
import type { Mapping } from './mapping-schema.ts';
import { openFileSource } from './open-file-source.ts';
import { type MappingDocument, mappingDiagnostic, refuseMapping } from './read-mapping.ts';
import { type BadRow, RunProblems } from './run-problems.ts';

export interface RunOptions {
  /** What file names of the mapping are relative to; the folder of the mapping unless told otherwise. */
  readonly folder?: string | undefined;
  /** Reading stops after so many bad rows; 1,000 unless told otherwise. */
  readonly maxBadRows?: number | undefined;
  /** Only so many rows of each source are read, for a preview: a reference that leads nowhere then stands. */
  readonly maxRows?: number | undefined;
  readonly onProgress?: ((progress: { readonly file: string; readonly rows: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
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
  /** Whether rows were left out because of `maxRows`; references are then not checked. */
  readonly partial: boolean;
  /** Bad rows by number of the source. */
  readonly badRows: ReadonlyMap<number, ReadonlyMap<number, BadRow>>;
}

interface OpenedSource {
  readonly source: RowSource;
  readonly holds: ReturnType<typeof compileCondition>;
  readonly steps: readonly ItemStep[];
}

/** Problems of the mapping are collected, so that all of them are told at once. */
class MappingProblems {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: MappingDocument['document'];

  constructor(document: MappingDocument['document']) {
    this.#document = document;
  }

  readonly add = (path: DocumentPath, message: string, hint?: string): void => {
    this.diagnostics.push(mappingDiagnostic(this.#document, path, message, hint));
  };

  /** Runs what may find a file or a definition wrong; that is a problem of the mapping too. */
  async catching<Value>(path: DocumentPath, work: () => Value | Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OaaError)) throw error;
      if (error instanceof InputError && error.diagnostics.length > 0) this.diagnostics.push(...error.diagnostics);
      else this.add(path, error.message, error.hint);
      return undefined;
    }
  }
}

function compileHead(
  mapping: Mapping,
  schemas: ApplicationPropertySchemas,
  problems: MappingProblems,
): ApplicationHead {
  const { application } = mapping;
  const properties: Record<string, WireProperties[string]> = {};
  for (const [name, value] of Object.entries(application.properties ?? {})) {
    const at = ['application', 'properties', name];
    try {
      const [defined, wire] = schemas.of('application').check(name, value);
      properties[defined] = wire;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.add(at, error.message, 'Define it under properties: application: of the mapping.');
    }
  }
  const tags = Object.entries(application.tags ?? {}).map(([key, value]) => ({ key, value }));
  for (const tag of tags) {
    const problem = tagProblem(tag);
    if (problem !== undefined) problems.add(['application', 'tags', tag.key], `${problem}.`);
  }
  if (application.description !== undefined && exceedsBytes(application.description, limits.descriptionBytes)) {
    problems.add(['application', 'description'], `The description is longer than ${limits.descriptionBytes} bytes.`);
  }
  return {
    type: application.type,
    description: application.description,
    properties,
    tags,
    definitions: schemas.toWire(),
  };
}

/** Permissions that the mapping itself describes; a row may not describe them differently. */
function defineConstants(mapping: Mapping, ledger: Ledger, problems: MappingProblems): void {
  mapping.permissions?.forEach((permission, index) => {
    const slot = ledger.permissions.slot(permission.name);
    if (ledger.permissions.isDefined(slot)) {
      problems.add(['permissions', index, 'name'], `The permission "${permission.name}" is described twice.`);
      return;
    }
    const wire = {
      name: permission.name,
      permission_type: permission.effects,
      apply_to_sub_resources: permission.applyToSubResources ?? false,
      resource_types: permission.resourceTypes ?? [],
    };
    ledger.permissions.define(slot, permission.name, JSON.stringify(wire), false, { source: -1, line: 0 });
  });
}

/** Roles that the mapping describes and no row did. */
function defineDefaultRoles(mapping: Mapping, ledger: Ledger): void {
  for (const role of mapping.roles ?? []) {
    const origin = ledger.addOrigin(constantOrigin);
    for (const application of ledger.applications) {
      const key = role.id ?? role.name;
      const slot = application.roles.slot(key);
      if (application.roles.isDefined(slot)) continue;
      const wire = role.id === undefined ? { name: role.name } : { id: role.id, name: role.name };
      application.roles.define(slot, key, JSON.stringify(wire), role.id !== undefined, { source: -1, line: 0 });
      for (const permission of role.permissions ?? []) {
        application.rolePermissions.push(slot, ledger.permissions.slot(permission), origin, 0);
      }
    }
  }
}

const constantSide = { column: undefined, unknown: 'error' } as const;
const constantOrigin = { source: -1, path: '$.roles', from: constantSide, to: constantSide, target: constantSide };

async function readRows(
  opened: OpenedSource,
  number: number,
  problems: RunProblems,
  options: RunOptions,
  before: number,
): Promise<number> {
  const { source, holds, steps } = opened;
  const maxRows = options.maxRows ?? Number.POSITIVE_INFINITY;
  let rows = 0;
  for await (const batch of source.batches()) {
    options.signal?.throwIfAborted();
    for (const row of batch) {
      if (rows >= maxRows || problems.isFull) return rows;
      rows += 1;
      if (row.fault !== undefined) {
        problems.add({
          code: 'row-shape',
          source: number,
          line: row.line,
          path: `$.sources[${number}]`,
          message: row.fault,
        });
        continue;
      }
      if (!holds(row)) continue;
      for (const step of steps) step(row);
    }
    options.onProgress?.({ file: source.file, rows: before + rows });
  }
  return rows;
}

/** What makes a file unreadable from some row on is told with the problems of the other files. */
async function readSource(
  opened: OpenedSource,
  number: number,
  problems: RunProblems,
  options: RunOptions,
  before: number,
): Promise<number> {
  try {
    return await readRows(opened, number, problems, options, before);
  } catch (error) {
    if (!(error instanceof InputError) || error.diagnostics.length === 0) throw error;
    problems.addFatal(error.diagnostics);
    return 0;
  }
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
  try {
    const schemas = new ApplicationPropertySchemas(mapping.application.type);
    const properties = (mapping.properties ?? {}) as ApplicationProperties;
    await mappingProblems.catching(['properties'], () => schemas.define(properties));
    const head = compileHead(mapping, schemas, mappingProblems);
    defineConstants(mapping, ledger, mappingProblems);
    const tables = await loadTables(mapping.tables ?? {}, folder, mappingProblems);

    const compile = async (number: number): Promise<OpenedSource | undefined> => {
      const spec = mapping.sources[number] as Mapping['sources'][number];
      const at = ['sources', number];
      const source = await mappingProblems.catching([...at, 'file'], () => openFileSource(spec, folder));
      if (source === undefined) return undefined;
      const context: ItemContext = {
        source,
        delimiter: mapping.delimiter,
        tables,
        problem: mappingProblems.add,
        sourceNumber: number,
        ledger,
        problems,
        schemas,
        resourceTypes: Object.keys(properties.resources ?? {}),
        defaultApplication: mapping.application.name,
      };
      return {
        source,
        holds: compileCondition(spec.when, context, [...at, 'when']),
        steps: spec.map.map((item, index) => compileItem(item, context, [...at, 'map', index])),
      };
    };
    // Every source is opened and compiled before the first is read: nothing starts with half a mapping.
    const opened = await Promise.all(files.map((_, number) => compile(number)));
    if (mappingProblems.diagnostics.length > 0) {
      await Promise.all(opened.map((source) => source?.source.close()));
      refuseMapping(document.file, mappingProblems.diagnostics);
    }

    let rows = 0;
    let partial = false;
    for (const [number, source] of opened.entries()) {
      const read = source === undefined ? 0 : await readSource(source, number, problems, options, rows);
      if (read === options.maxRows) partial = true;
      rows += read;
    }
    const stopped = problems.isFull;
    if (!stopped) {
      const main = ledger.application(mapping.application.name);
      if (main.isEmpty && [...ledger.applications].length > 1) ledger.forget(main);
      defineDefaultRoles(mapping, ledger);
      resolveLedger(ledger, problems, partial);
    }
    return {
      ledger,
      head,
      properties,
      diagnostics: problems.diagnostics,
      errors: problems.errors,
      unlisted: problems.unlisted,
      rows,
      stopped,
      partial,
      badRows: problems.badRows,
    };
  } catch (error) {
    ledger.spool.close();
    throw error;
  }
}
