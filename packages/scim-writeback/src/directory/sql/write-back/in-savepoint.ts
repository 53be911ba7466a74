import { type Kysely, sql } from 'kysely';
import { ScimError } from '../../../protocol/errors/scim-error.ts';
import type { Tables } from '../tables.ts';

/**
 * Runs a step of a transaction and keeps it when it gives true. What gives false, or is refused by the directory with a
 * `ScimError`, is taken back and gives false; what else it throws ends the transaction.
 */
export async function inSavepoint(db: Kysely<Tables>, work: () => Promise<boolean>): Promise<boolean> {
  await sql`savepoint base_step`.execute(db);
  const isKept = await attempt(work);
  if (!isKept) await sql`rollback to savepoint base_step`.execute(db);
  await sql`release savepoint base_step`.execute(db);
  return isKept;
}

async function attempt(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScimError) return false;
    throw error;
  }
}
