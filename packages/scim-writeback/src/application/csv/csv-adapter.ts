import { access, constants } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError, OaaError } from '@oaa-kit/oaa';
import type { MappingDocument, WriteBack } from '@oaa-kit/oaa/sources';
import type { AttributeMapping } from '../../attributes/attribute-mapping.ts';
import type { AdapterAnswer, AdapterCall, ApplicationAdapter, ProbeAnswer } from '../adapter.ts';
import { checkInverse } from './check/check-inverse.ts';
import { checkSettings, writtenFiles } from './check/check-settings.ts';
import { InverseProblems } from './check/inverse-problems.ts';
import { CsvFiles } from './csv-files.ts';
import { failureReason } from './failure-reason.ts';
import type { StepSeam } from './file/commit.ts';
import { readHead, type TableHead } from './file/read-head.ts';
import type { KeptEdit } from './file/replace-file.ts';
import type { PlanContext } from './plan/plan-context.ts';
import { Refusal } from './refusal.ts';
import type { Table } from './table.ts';
import { csvDialect } from './text/csv-dialect.ts';

/** All that an adapter can have, but for bounds that this one does not need. */
export type CheckedAdapter = ApplicationAdapter & Required<Pick<ApplicationAdapter, 'probe' | 'check' | 'close'>>;

export interface CsvAdapterOptions {
  /** With its `writeBack`. */
  readonly mapping: MappingDocument;
  /** What file names of the mapping are relative to; the folder of the mapping unless told otherwise. */
  readonly folder?: string | undefined;
  readonly users: AttributeMapping;
  readonly groups: AttributeMapping;
  /**
   * For a lock, a journal and the keys of the last operations; `.oaa-write-back` in the folder unless told otherwise. All
   * processes that write the same files have to share it.
   */
  readonly stateFolder?: string | undefined;
  /** How long to wait for another process that writes; 10,000 unless told otherwise. */
  readonly lockTimeoutMs?: number | undefined;
  /** Told where somebody's edit of a file came too late for the change that was made meanwhile: it is in a file beside. */
  readonly onKeptEdit?: ((edit: KeptEdit) => void) | undefined;
}

/**
 * Writes accepted changes into the CSV files that a mapping reads, as its `writeBack` says.
 *
 * A change reads each file that it concerns once and writes it anew: it takes time in proportion to the size of the file,
 * and memory that does not depend on it. All files of a change are renamed together, or, after a crash, at the next start.
 *
 * @throws InputError for a mapping without `writeBack`, or with files that cannot be written
 * @example
 * const adapter = createCsvAdapter({ mapping: await readMapping('mapping.yaml'), users, groups });
 * await adapter.check();
 */
export function createCsvAdapter(options: CsvAdapterOptions, step: StepSeam = () => undefined): CheckedAdapter {
  return new CsvAdapter(options, step);
}

class CsvAdapter implements CheckedAdapter {
  readonly name = 'csv';
  readonly repeatable = true;
  /** Each operation reads its files once, whatever it changes in them. */
  readonly maxMembersPerOperation = 5_000;
  readonly #mapping: MappingDocument;
  readonly #folder: string;
  readonly #context: PlanContext;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #files: CsvFiles;

  constructor({ mapping, users, groups, ...options }: CsvAdapterOptions, step: StepSeam) {
    const { writeBack } = mapping.mapping;
    if (writeBack === undefined) {
      throw new InputError('input-invalid', `The mapping ${mapping.document.file} has no writeBack.`, {
        hint: 'Say there how changes are written into the files.',
      });
    }
    this.#mapping = mapping;
    this.#folder = options.folder ?? dirname(mapping.document.file);
    this.#context = { writeBack, mappings: { User: users, Group: groups } };
    this.#tables = openTables(mapping, writeBack, this.#folder);
    this.#files = new CsvFiles({
      document: mapping,
      folder: this.#folder,
      context: this.#context,
      tables: this.#tables,
      stateFolder: options.stateFolder ?? join(this.#folder, '.oaa-write-back'),
      lockTimeoutMs: options.lockTimeoutMs ?? 10_000,
      step,
      onKeptEdit: options.onKeptEdit ?? (() => undefined),
    });
  }

  async apply(
    operation: Parameters<ApplicationAdapter['apply']>[0],
    { idempotencyKey, signal }: AdapterCall,
  ): Promise<AdapterAnswer> {
    try {
      const nativeId = await this.#files.apply({ operation, idempotencyKey, signal });
      return { type: 'applied', ...(nativeId !== undefined && { nativeId }) };
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      return { type: 'unknown', reason: failureReason(error) };
    }
  }

  async probe(
    operation: Parameters<ApplicationAdapter['apply']>[0],
    { idempotencyKey, signal }: AdapterCall,
  ): Promise<ProbeAnswer> {
    try {
      const applied = await this.#files.isApplied({ operation, idempotencyKey, signal });
      if (applied === undefined) return { type: 'not-applied' };
      return { type: 'applied', ...(applied.nativeId !== undefined && { nativeId: applied.nativeId }) };
    } catch (error) {
      if (error instanceof Refusal) return { type: 'not-applied' };
      return { type: 'unknown', reason: failureReason(error) };
    }
  }

  /**
   * Finishes what was left behind; then tries every operation on empty copies of the files.
   *
   * @throws InputError with every place where `writeBack` is not the inverse of the mapping
   */
  async check(): Promise<void> {
    const problems = new InverseProblems(this.#mapping);
    const heads = await this.#heads(problems);
    problems.refuse();
    const columns = new Map(Array.from(heads, ([file, head]) => [file, head.columns]));
    checkSettings(this.#context, this.#mapping.mapping.sources, columns, problems);
    problems.refuse();
    await this.#files.recover(new AbortController().signal);
    const settings = { document: this.#mapping, folder: this.#folder, context: this.#context, tables: this.#tables };
    await checkInverse({ ...settings, heads }, problems);
    problems.refuse();
  }

  async close(): Promise<void> {
    await this.#files.idle();
  }

  async #heads(problems: InverseProblems): Promise<ReadonlyMap<string, TableHead>> {
    const heads = new Map<string, TableHead>();
    const places = new Map(writtenFiles(this.#context.writeBack));
    for (const [file, table] of this.#tables) {
      try {
        heads.set(file, await readHead(table));
        await access(table.path, constants.W_OK);
        await access(dirname(table.path), constants.W_OK);
      } catch (error) {
        problems.add(places.get(file) ?? [], `${file} cannot be read and written: ${failureReason(error)}`);
      }
    }
    return heads;
  }
}

/** @throws InputError with every file that is no CSV file of the sources */
function openTables(mapping: MappingDocument, writeBack: WriteBack, folder: string): ReadonlyMap<string, Table> {
  const problems = new InverseProblems(mapping);
  const tables = new Map<string, Table>();
  for (const [file, path] of writtenFiles(writeBack)) {
    const source = mapping.mapping.sources.find((one) => one.file === file);
    if (source === undefined) {
      problems.add(path, `No source of the mapping is ${file}.`, 'What is written has to be read, too.');
      continue;
    }
    try {
      tables.set(file, { file, path: resolve(folder, file), dialect: csvDialect(source) });
    } catch (error) {
      if (!(error instanceof OaaError)) throw error;
      problems.add(path, error.message, error.hint);
    }
  }
  problems.refuse();
  return tables;
}
