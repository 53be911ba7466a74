import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How the statements of the directory reach a database, whichever it is. */
export interface SqlAccess {
  /** Sees what is committed, and nothing else. */
  readonly read: Kysely<Tables>;
  /**
   * Runs a change as if alone: what it reads does not change under it, and either all or nothing of what it writes stays.
   * Resolves when that is durable. `work` may run several times, and only `db` is within the transaction.
   */
  readonly write: <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;
  /** Lets `work` read what was committed at one moment, however long it takes; others go on meanwhile. */
  readonly snapshot: <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;
}

export interface OpenDatabase extends SqlAccess {
  /** @throws DirectoryUnwritableError where what is open is no longer what would be opened */
  readonly checkFile: () => void;
  /** Finishes what was begun. */
  close(): Promise<void>;
}
