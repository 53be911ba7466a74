import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { DirectoryBusyError } from '../directory-busy-error.ts';
import type { Tables } from './tables.ts';

/** With the 100 ms that SQLite waits itself, at least ten seconds. */
const maxAttempts = 100;

/**
 * Begins a transaction that writes. It takes the lock at once: one that first reads could not go on to write after another
 * process has. While that one writes, this process waits without keeping its readers from working.
 *
 * @throws DirectoryBusyError when the lock is not to be had for so long
 */
export async function beginImmediate(connection: Kysely<Tables>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`begin immediate`.execute(connection);
      return;
    } catch (error) {
      if (!(error instanceof DirectoryBusyError) || attempt === maxAttempts) throw error;
      await setTimeout(Math.random() * 20);
    }
  }
}
