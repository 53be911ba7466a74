import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { temporaryFile } from '../test-store.ts';
import { openSqlite } from './sqlite-access.ts';

test('commits wait for the disk, and the log is written ahead', async () => {
  const access = await openSqlite(await temporaryFile());
  const settings = await access.write(async (db) => {
    const { rows: synchronous } = await sql`pragma synchronous`.execute(db);
    const { rows: mode } = await sql`pragma journal_mode`.execute(db);
    return { synchronous, mode };
  });
  expect(settings).toEqual({ synchronous: [{ synchronous: 2 }], mode: [{ journal_mode: 'wal' }] });
  await access.close();
});

test('a database that cannot log ahead is refused', async () => {
  await expect(openSqlite(':memory:')).rejects.toThrow('does not log ahead');
});

test('the connection that reads cannot write, and sees nothing of a change before its commit', async () => {
  const access = await openSqlite(await temporaryFile());
  const values = { id: 'acme', name: 'Acme', created_at: 'now' };
  const seen = () => access.read.selectFrom('organizations').select('id').execute();
  await access.write(async (db) => {
    await db.insertInto('organizations').values(values).execute();
    expect(await seen()).toEqual([]);
  });
  expect(await seen()).toEqual([{ id: 'acme' }]);
  await expect(access.read.deleteFrom('organizations').execute()).rejects.toThrow(/readonly/);
  await access.close();
});
