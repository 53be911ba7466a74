import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** SQLITE_BUSY; the upper bits tell which kind. */
const busy = 5;
/** With the 100 ms that SQLite waits itself, at least ten seconds. */
const maxAttempts = 100;

/**
 * Begins a transaction that writes. It takes the lock at once: one that first reads could not go on to write after another
 * process has. While that one writes, this process waits without keeping its readers from working.
 */
export async function beginImmediate(connection: Kysely<Tables>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`begin immediate`.execute(connection);
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === maxAttempts) throw error;
      await setTimeout(Math.random() * 20);
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' && (code & 0xff) === busy;
}
