import { setImmediate } from 'node:timers/promises';
import { CompiledQuery, type Kysely } from 'kysely';
import { DirectoryBusyError } from '../directory-busy-error.ts';
import { DirectoryUnwritableError } from '../directory-unwritable-error.ts';
import { beginImmediate } from './begin-immediate.ts';
import type { Tables } from './tables.ts';

/** How long others have to wait for a change that came too late for a batch, at most, and how much a failing commit takes with it. */
const maxChanges = 64;
/** After this time no further change is begun in a batch: readers of the same process wait as long. */
const maxBatchMs = 25;

// Made once: making the text of a statement takes longer than running one of these.
const commit = CompiledQuery.raw('commit');
const rollback = CompiledQuery.raw('rollback');
const beginChange = CompiledQuery.raw('savepoint one_change');
const undoChange = CompiledQuery.raw('rollback to savepoint one_change');
const endChange = CompiledQuery.raw('release savepoint one_change');

type Work<T> = (db: Kysely<Tables>) => Promise<T>;

interface Change {
  /** Throws only when the whole transaction is lost. */
  run(db: Kysely<Tables>): Promise<void>;
  /** Tells what came of it, once that is durable. */
  settle(): void;
  reject(error: unknown): void;
}

/**
 * Runs changes one after the other on the one connection that writes, and commits those that wait together: a commit
 * waits for the disk, and waits no longer for many than for one. Each change has a savepoint, so that one that fails leaves
 * the others as they are. First come, first served.
 */
export class WriteQueue {
  readonly #db: Kysely<Tables>;
  readonly #check: () => void;
  readonly #nowMs: () => number;
  readonly #waiting: Change[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;

  /**
   * @param check what it throws in front of a commit refuses all changes of the transaction
   * @param nowMs a clock that is never set back; for tests
   */
  constructor(db: Kysely<Tables>, check: () => void = () => undefined, nowMs = () => performance.now()) {
    this.#db = db;
    this.#check = check;
    this.#nowMs = nowMs;
  }

  readonly write = <T>(work: Work<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Error('The directory is closed.'));
        return;
      }
      this.#waiting.push(changeOf(work, resolve, reject));
      this.#draining ??= this.#drain();
    });

  /** Finishes what waits; takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Requests that have arrived by now are read in this turn of the event loop, and their changes join the batch.
      await setImmediate();
      await this.#runBatch();
    }
    this.#draining = undefined;
  }

  async #runBatch(): Promise<void> {
    const batch: Change[] = [];
    try {
      await this.#db.connection().execute((connection) => this.#runTransaction(connection, batch));
    } catch (error) {
      const failure =
        error instanceof DirectoryBusyError || error instanceof DirectoryUnwritableError
          ? error
          : new Error('The database failed; none of the changes of this transaction was made.', { cause: error });
      // Without a transaction there is nothing that any of them could wait for.
      for (const change of batch.length > 0 ? batch : this.#waiting.splice(0)) change.reject(failure);
      return;
    }
    for (const change of batch) change.settle();
  }

  async #runTransaction(connection: Kysely<Tables>, batch: Change[]): Promise<void> {
    await beginImmediate(connection);
    const begun = this.#nowMs();
    try {
      while (batch.length < maxChanges && this.#nowMs() - begun < maxBatchMs) {
        const change = this.#waiting.shift();
        if (change === undefined) break;
        batch.push(change);
        await change.run(connection);
      }
      this.#check();
      await connection.executeQuery(commit);
    } catch (error) {
      // A full disk has ended the transaction already; then there is nothing to roll back, which is as well.
      await connection.executeQuery(rollback).catch(() => undefined);
      throw error;
    }
  }
}

function changeOf<T>(work: Work<T>, resolve: (value: T) => void, reject: (error: unknown) => void): Change {
  let settle: () => void;
  return {
    async run(db) {
      await db.executeQuery(beginChange);
      try {
        const value = await work(db);
        settle = () => resolve(value);
      } catch (error) {
        try {
          await db.executeQuery(undoChange);
        } catch (lost) {
          // The database has given up the transaction, and with it every change in it; a full disk is a reason. Whose change
          // that was is told what happened in it, the others by whoever runs the transaction.
          reject(error);
          throw error instanceof DirectoryUnwritableError ? error : lost;
        }
        settle = () => reject(error);
      }
      await db.executeQuery(endChange);
    },
    settle: () => settle(),
    reject,
  };
}
