import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

/** SQLITE_BUSY. */
const busy = 5;
const pauseMs = 20;

/** Somebody else writes, and did not end in time. Nothing was done. */
export class LockedError extends Error {}

export interface LockOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Runs work while no other process of this machine, or of one that shares the folder with its locks, does. It is the lock
 * of an SQLite database, which the system takes from a process that ends, however it ends: it is never left behind, and
 * never taken from a process that is only slow.
 *
 * @throws LockedError
 */
export async function withFolderLock<Value>(
  file: string,
  { timeoutMs, signal }: LockOptions,
  work: () => Promise<Value>,
): Promise<Value> {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 0');
    const end = performance.now() + timeoutMs;
    while (!isTaken(database)) {
      if (performance.now() >= end || signal.aborted) throw new LockedError(await ownerText(file));
      await wait(pauseMs);
    }
    // For messages only: the lock itself is the database's.
    const owner = { process: process.pid, host: hostname(), since: new Date().toISOString() };
    await writeFile(ownerFile(file), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
    return await work();
  } finally {
    database.close();
  }
}

const ownerFile = (file: string): string => `${file}.owner.json`;

function isTaken(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false;
    throw error;
  }
}

async function ownerText(file: string): Promise<string> {
  const owner = await readFile(ownerFile(file), 'utf8').catch(() => '');
  return `The files are being written by another process${owner === '' ? '' : `: ${owner.trim()}`}`;
}
