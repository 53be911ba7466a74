import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Milliseconds since 1970 by the clock of the database, which all who share it have in common. */
export type DatabaseClock = (db: Kysely<Tables>) => Promise<number>;

/** SQLite's: another database has another function. */
export const databaseClock: DatabaseClock = async (db) => {
  const { rows } = await sql<{ now: number }>`select cast(unixepoch('subsec') * 1000 as integer) as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The database does not tell the time.');
  return row.now;
};
