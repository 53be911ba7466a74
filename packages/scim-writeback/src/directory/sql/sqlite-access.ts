import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { beginImmediate } from './begin-immediate.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';
import { openedFileCheck } from './opened-file.ts';
import type { OpenDatabase } from './sql-access.ts';
import { setStatistics } from './sqlite-statistics.ts';
import type { Tables } from './tables.ts';
import { WriteQueue } from './write-queue.ts';

/** "scim" as the number that marks our databases in the header of the file. */
const applicationId = 0x7363696d;
/** PRAGMA synchronous: every commit waits until the disk has it. */
const full = 2;
/** What opens, recovers or closes the database keeps all others out of it, for a short time. */
const busyTimeoutMs = 10_000;
const cacheKiB = 32 * 1024;
/** So many pages (32 MB) are logged before they are copied to the database: pages that change often are copied less often. */
const loggedPages = 8000;

/**
 * Opens an SQLite file with two connections: one writes, one reads and so sees only what is committed.
 *
 * @param file absolute path of a database, or of an empty file
 * @throws DirectoryUnwritableError when the file is replaced meanwhile; Error when it does not take write-ahead logging or synchronous commits, and what `migrate` throws
 */
export async function openSqlite(file: string): Promise<OpenDatabase> {
  const opened: DatabaseSync[] = [];
  const connect = () => {
    const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    opened.push(database);
    return database;
  };
  try {
    const writer = connect();
    makeDurable(writer);
    const checkFile = openedFileCheck(file);
    // From here on, most of the waiting is done without blocking: see `beginImmediate`.
    writer.exec('PRAGMA busy_timeout = 100');
    const write = new Kysely<Tables>({ dialect: nodeSqliteDialect(writer) });
    // Of those who open a new file at the same time, all but the first wait here, and find the tables made.
    await beginImmediate(write);
    claim(writer);
    await migrate(write);
    setStatistics(writer);
    writer.exec('COMMIT');
    const reader = connect();
    reader.exec(`PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKiB}`);
    const read = new Kysely<Tables>({ dialect: nodeSqliteDialect(reader) });
    const queue = new WriteQueue(write, checkFile);
    checkFile();
    return {
      read,
      checkFile,
      write: queue.write,
      async snapshot(work) {
        // The connection that reads is for everybody: within a transaction it would see nothing of later changes.
        const database = connect();
        try {
          checkFile();
          database.exec(`PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKiB}; BEGIN`);
          return await work(new Kysely<Tables>({ dialect: nodeSqliteDialect(database) }));
        } finally {
          opened.splice(opened.indexOf(database), 1);
          if (database.isOpen) database.close();
        }
      },
      async close() {
        await queue.close();
        await read.destroy();
        await write.destroy();
        closeAll(opened);
      },
    };
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}

/** What is acknowledged survives the loss of power. Read back, since SQLite ignores what it cannot do. */
function makeDurable(database: DatabaseSync): void {
  const mode = pragma(database, 'journal_mode = WAL');
  database.exec(`PRAGMA synchronous = FULL; PRAGMA fullfsync = ON`);
  database.exec(`PRAGMA cache_size = -${cacheKiB}; PRAGMA wal_autocheckpoint = ${loggedPages}`);
  if (mode !== 'wal' || pragma(database, 'synchronous') !== full) {
    throw new Error(
      'SQLite does not log ahead with synchronous commits here; changes could be lost after they were acknowledged.',
    );
  }
}

/** Marks a new database as ours, and leaves those of other programs alone. */
function claim(database: DatabaseSync): void {
  if (pragma(database, 'application_id') === applicationId) return;
  if (database.prepare('SELECT name FROM sqlite_schema LIMIT 1').get() !== undefined) {
    throw new Error('The file is the database of another program.');
  }
  database.exec(`PRAGMA application_id = ${applicationId}`);
}

function pragma(database: DatabaseSync, text: string): unknown {
  const row = database.prepare(`PRAGMA ${text}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}

/** kysely closes only those that were used. */
function closeAll(databases: readonly DatabaseSync[]): void {
  for (const database of databases) if (database.isOpen) database.close();
}
