import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { compileOnce } from './compile-once.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';
import type { Tables } from './tables.ts';

const opened: Kysely<Tables>[] = [];

afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy();
});

async function database(): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(':memory:')) });
  opened.push(db);
  await migrate(db);
  return db;
}

const insert = (db: Kysely<Tables>, given: { id: string; name: string }) =>
  db.insertInto('organizations').values({ id: given.id, name: given.name, created_at: 'now', revision: 7 });
const find = (db: Kysely<Tables>, given: { text: string; revision: number }) =>
  db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('revision', '=', given.revision)
    .where((eb) => eb.or([eb('id', '=', given.text), eb('name', '=', given.text)]))
    .orderBy('id');

test('each run has the values that it is given, wherever they stand, and constants stay', async () => {
  const db = await database();
  const [inserts, finds] = [compileOnce(insert), compileOnce(find)];
  await inserts(db, { name: 'Acme', id: 'acme' });
  await inserts(db, { id: 'Acme', name: 'Other' });
  expect(await finds(db, { revision: 7, text: 'Acme' })).toEqual([
    { id: 'Acme', name: 'Other' },
    { id: 'acme', name: 'Acme' },
  ]);
  expect(await finds(db, { revision: 7, text: 'Other' })).toEqual([{ id: 'Acme', name: 'Other' }]);
  expect(await finds(db, { revision: 8, text: 'Acme' })).toEqual([]);
});

test('a text that looks like SQL is a value', async () => {
  const db = await database();
  const text = "'; DROP TABLE organizations; --";
  await compileOnce(insert)(db, { id: text, name: 'x' });
  expect(await compileOnce(find)(db, { revision: 7, text })).toEqual([{ id: text, name: 'x' }]);
});

test('a query is built once for each database, whichever of its connections runs it', async () => {
  const build = vi.fn(find);
  const finds = compileOnce(build);
  const [one, other] = [await database(), await database()];
  await finds(one, { revision: 1, text: 'a' });
  await one.connection().execute((connection) => finds(connection, { revision: 2, text: 'b' }));
  expect(build).toHaveBeenCalledTimes(1);
  await finds(other, { revision: 1, text: 'a' });
  expect(build).toHaveBeenCalledTimes(2);
});
