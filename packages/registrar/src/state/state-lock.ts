import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { GuardError, UsageError } from '@oaa-kit/oaa';
import { z } from 'zod';
import { stateWords } from './state-words.ts';
import { writePrivateFile } from './write-private-file.ts';

/** SQLITE_BUSY. */
const busy = 5;

/** A lock that is held. */
export interface StateLock {
  /** Once more does no harm. */
  release(): void;
}

const ownerShape = z.object({ process: z.number(), host: z.string(), since: z.string() });

const lockFile = (file: string): string => `${file}.lock`;
const ownerFile = (file: string): string => `${lockFile(file)}.owner.json`;

function errorNumber(error: unknown): unknown {
  return error instanceof Error && 'errcode' in error ? error.errcode : undefined;
}

/** Who holds the lock, as far as can be told: it may have just ended. */
async function ownerText(file: string): Promise<string> {
  try {
    const { process: id, host, since } = ownerShape.parse(JSON.parse(await readFile(ownerFile(file), 'utf8')));
    return `process ${id} on ${host}, since ${since}`;
  } catch {
    return 'another process';
  }
}

function unlockable(file: string, cause: unknown): UsageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UsageError('file-unwritable', `The lock of the state file ${file} cannot be made: ${reason}.`, {
    hint: `Name a state file in a folder of a local disk that you may write to with ${stateWords.flag}.`,
    cause,
  });
}

/**
 * Takes the lock of a state file without waiting. It is the lock of an SQLite database beside the file, which the system
 * takes from a process that ends, however it ends: it is never left behind, and never taken from one that is only slow.
 *
 * @throws GuardError `guard` when somebody else holds it, and says who; UsageError `file-unwritable`
 */
export async function lockState(file: string, now: () => Date): Promise<StateLock> {
  // Loaded here: who only reads manifests or plans needs no database, and older Node versions warn about it.
  const { DatabaseSync } = await import('node:sqlite');
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(lockFile(file));
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (errorNumber(error) !== busy) throw unlockable(file, error);
    throw new GuardError(
      'guard',
      `The state file ${file} is in use by ${await ownerText(file)}. Nothing was changed.`,
      { hint: 'Wait until that run has ended, then try again.' },
    );
  }
  const held = database;
  try {
    // For messages only: the lock itself is the database's.
    const owner = { process: process.pid, host: hostname(), since: now().toISOString() };
    await writePrivateFile(ownerFile(file), `${JSON.stringify(owner)}\n`, stateWords);
  } catch (error) {
    held.close();
    throw error;
  }
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}
