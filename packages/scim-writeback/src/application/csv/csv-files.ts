import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MappingDocument } from '@oaa-kit/oaa/sources';
import type { ApplicationOperation } from '../../directory/write-back.ts';
import { commit, finishJournal, forget, type Journal, readJournal, type StepSeam } from './file/commit.ts';
import { isDone, removeStagedDone, stageDone } from './file/done-operations.ts';
import { editTable, type TablePass } from './file/edit-table.ts';
import { withFolderLock } from './file/folder-lock.ts';
import { LateEdits } from './file/late-edits.ts';
import type { KeptEdit, StagedChange } from './file/replace-file.ts';
import { removeStaged } from './file/staged-file.ts';
import type { EditPlan } from './plan/edit-plan.ts';
import type { PlanContext } from './plan/plan-context.ts';
import { planOperation } from './plan/plan-operation.ts';
import { Refusal } from './refusal.ts';
import type { Table } from './table.ts';
import { verifyWritten } from './verify-written.ts';

/** Somebody else kept changing the files. Nothing was done. */
export class BusyFilesError extends Error {}

export interface CsvFilesOptions {
  readonly document: MappingDocument;
  readonly context: PlanContext;
  /** What file names of the mapping are relative to. */
  readonly folder: string;
  /** By the names that the mapping has for them. */
  readonly tables: ReadonlyMap<string, Table>;
  /** For the lock, the journal and the keys of what was created. */
  readonly stateFolder: string;
  readonly lockTimeoutMs: number;
  readonly step: StepSeam;
  readonly onKeptEdit: (edit: KeptEdit) => void;
}

/** How often an operation is begun again because somebody edits its files. */
const tries = 5;

/** What is done with an operation, once it is known what it would change. */
export interface CsvRequest {
  readonly operation: ApplicationOperation;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** The files of an application: one operation at a time, each whole or not at all. */
export class CsvFiles {
  readonly #options: CsvFilesOptions;
  readonly #lateEdits: LateEdits;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: CsvFilesOptions) {
    this.#options = options;
    this.#lateEdits = new LateEdits(options.onKeptEdit);
  }

  /**
   * Does an operation. Done before, it does nothing.
   *
   * @returns what a created row is found by
   * @throws Refusal, LockedError, {@link BusyFilesError}, MissingColumnError, CsvSyntaxError, or what the signal ended with;
   *   the files are as they were
   */
  apply(request: CsvRequest): Promise<string | undefined> {
    return this.#alone(request.signal, () => this.#apply(request));
  }

  /** Whether an operation would change nothing any more. @throws as `apply` */
  isApplied(request: CsvRequest): Promise<{ readonly nativeId: string | undefined } | undefined> {
    return this.#alone(request.signal, async () => {
      const plan = planOperation(request.operation, this.#options.context);
      if (await isDone(this.#options.stateFolder, request.idempotencyKey)) return { nativeId: plan.nativeId };
      const passes = await this.#pass(plan);
      await discard(passes);
      return passes.some(({ staged }) => staged !== undefined) ? undefined : { nativeId: plan.nativeId };
    });
  }

  /** Finishes what a process that ended left behind. @throws LockedError */
  recover(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      for (const { path } of this.#options.tables.values()) await removeStaged(await realpath(path));
      await removeStagedDone(this.#options.stateFolder);
    });
  }

  /** Waits for the operation that is under way, and lets go of all that it replaced. */
  async idle(): Promise<void> {
    await this.#last;
    await this.#lateEdits.lookNow();
  }

  #alone<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    const run = async () => {
      // Each that is over would else make those behind it wait until they are over, too.
      signal.throwIfAborted();
      const { stateFolder, lockTimeoutMs } = this.#options;
      await mkdir(stateFolder, { recursive: true, mode: 0o700 });
      return withFolderLock(join(stateFolder, 'lock'), { timeoutMs: lockTimeoutMs, signal }, async () => {
        await this.#finish();
        return work();
      });
    };
    const next = this.#last.then(run, run);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #finish(): Promise<void> {
    const { stateFolder } = this.#options;
    const journal = await readJournal(stateFolder);
    if (journal === undefined) return;
    const { operation, idempotencyKey } = journal;
    await finishJournal(journal, this.#options.onKeptEdit);
    try {
      // Nothing, unless a file was edited meanwhile.
      await this.#apply({ operation, idempotencyKey, signal: new AbortController().signal });
    } catch (error) {
      // With the edit in the files it cannot be done any more: whoever asks again is told so.
      if (!(error instanceof Refusal)) throw error;
    }
    await forget(stateFolder, journal);
  }

  async #apply(request: CsvRequest): Promise<string | undefined> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const plan = planOperation(request.operation, this.#options.context);
      if (await isDone(this.#options.stateFolder, request.idempotencyKey)) return plan.nativeId;
      const passes = await this.#pass(plan);
      if ((await this.#commit(request, passes)) === 'done') return plan.nativeId;
    }
    throw new BusyFilesError(`The files were changed by somebody else ${tries} times while they were read`);
  }

  /** Stages what a plan makes of the files. */
  async #pass(plan: EditPlan): Promise<readonly TablePass[]> {
    const passes: TablePass[] = [];
    try {
      for (const [file, editors] of plan.editors) {
        const table = this.#table(file);
        // The name may be a link to the file, which has to stay one.
        const path = await realpath(table.path);
        passes.push(await editTable({ ...table, path }, editors));
      }
      await this.#verify(plan, passes);
      return passes;
    } catch (error) {
      await discard(passes);
      throw error;
    }
  }

  #table(file: string): Table {
    const table = this.#options.tables.get(file);
    if (table === undefined) throw new TypeError(`${file} is no file of the write-back.`);
    return table;
  }

  async #verify({ expectation }: EditPlan, passes: readonly TablePass[]): Promise<void> {
    const pass = passes.find(({ table }) => table.file === expectation?.file);
    if (expectation === undefined || pass === undefined || pass.written.length === 0) return;
    const { document, folder, context } = this.#options;
    const { columns, written: rows } = pass;
    await verifyWritten(document, folder, expectation, { columns, rows }, context.mappings[expectation.kind]);
  }

  async #commit(
    { operation, idempotencyKey, signal }: CsvRequest,
    passes: readonly TablePass[],
  ): Promise<'done' | 'edited'> {
    const { stateFolder, step, onKeptEdit } = this.#options;
    const changes: StagedChange[] = passes.flatMap(({ table, staged, digest }) =>
      staged === undefined ? [] : [{ path: table.path, staged: staged.path, digest }],
    );
    const journal: Journal = { version: 1, idempotencyKey, operation, changes };
    try {
      await step('staged');
      // Last, so that it is there only when the rows are.
      changes.push(await stageDone(stateFolder, idempotencyKey));
      signal.throwIfAborted();
      const outcome = await commit(stateFolder, journal, { step, onKeptEdit });
      if (outcome === 'edited') await this.#dropStaged(journal);
      else this.#lateEdits.lookLater(changes);
      return outcome;
    } catch (error) {
      await this.#dropStaged(journal);
      throw error;
    }
  }

  /** Without a journal nothing has happened and nothing will; with one, what somebody has not edited is finished. */
  async #dropStaged(journal: Journal): Promise<void> {
    const { stateFolder, onKeptEdit } = this.#options;
    if ((await readJournal(stateFolder)) !== undefined) await finishJournal(journal, onKeptEdit);
    else for (const { staged } of journal.changes) await rm(staged, { force: true });
  }
}

async function discard(passes: readonly TablePass[]): Promise<void> {
  for (const { staged } of passes) await staged?.discard();
}
