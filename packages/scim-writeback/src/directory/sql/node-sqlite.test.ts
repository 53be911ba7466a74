import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { DirectoryBusyError } from '../directory-busy-error.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';

/** A database with one row, and a connection of somebody else. */
async function openTwice() {
  const folder = await mkdtemp(join(tmpdir(), 'node-sqlite-'));
  const file = join(folder, 'a.db');
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE letters (letter TEXT UNIQUE); INSERT INTO letters VALUES ('a')");
  const db = new Kysely<{ letters: { letter: string } }>({ dialect: nodeSqliteDialect(new DatabaseSync(file)) });
  await sql`PRAGMA busy_timeout = 1`.execute(db);
  onTestFinished(async () => {
    await db.destroy();
    other.close();
    await rm(folder, { recursive: true });
  });
  return { db, other };
}

test('a lock that another connection keeps is told as such, whatever was asked', async () => {
  const { db, other } = await openTwice();
  const all = () => db.selectFrom('letters').selectAll().execute();
  const insert = () => db.insertInto('letters').values({ letter: 'b' }).execute();
  expect(await all()).toEqual([{ letter: 'a' }]);
  other.exec('BEGIN EXCLUSIVE');
  for (const ask of [all, insert, () => sql`begin immediate`.execute(db)]) {
    await expect(ask()).rejects.toThrow(DirectoryBusyError);
  }
  other.exec('COMMIT');
  await insert();
  expect(await all()).toEqual([{ letter: 'a' }, { letter: 'b' }]);
});

test('a full disk is told as such', async () => {
  const { db } = await openTwice();
  await sql`PRAGMA max_page_count = 3`.execute(db);
  const insert = db
    .insertInto('letters')
    .values({ letter: 'x'.repeat(100_000) })
    .execute();
  await expect(insert).rejects.toMatchObject({ name: 'DirectoryUnwritableError', reason: 'disk-full' });
  expect(await db.selectFrom('letters').selectAll().execute()).toEqual([{ letter: 'a' }]);
});

test('of two statements in one text none is run', async () => {
  const { db } = await openTwice();
  const both = sql.raw("INSERT INTO letters VALUES ('b'); DELETE FROM letters WHERE letter = 'a'");
  await expect(both.execute(db)).rejects.toThrow('Give one statement by itself');
  expect(await db.selectFrom('letters').selectAll().execute()).toEqual([{ letter: 'a' }]);
  await sql.raw("INSERT INTO letters VALUES ('c') ;\n").execute(db);
  expect(await db.selectFrom('letters').selectAll().execute()).toEqual([{ letter: 'a' }, { letter: 'c' }]);
});

test('other faults stay what they are', async () => {
  const { db } = await openTwice();
  const twice = db.insertInto('letters').values({ letter: 'a' }).execute();
  await expect(twice).rejects.toMatchObject({ errcode: 2067 });
  await expect(twice).rejects.not.toBeInstanceOf(DirectoryBusyError);
});
