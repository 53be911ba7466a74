import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sqliteStore, temporaryFile } from './test-store.ts';

const run = promisify(execFile);

test('a new database can be read by its owner only, and so can the files beside it', async () => {
  const file = await temporaryFile();
  const directory = await sqliteStore(file).open();
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  const names = await readdir(dirname(file));
  expect(names.toSorted()).toEqual(['scim.db', 'scim.db-shm', 'scim.db-wal']);
  for (const name of names) expect((await stat(join(dirname(file), name))).mode & 0o777).toBe(0o600);
  await directory.close();
  expect(await readdir(dirname(file))).toEqual(['scim.db']);
});

test('a database that a later version has changed is refused', async () => {
  const file = await temporaryFile();
  await (await sqliteStore(file).open()).close();
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01')");
  database.close();
  await expect(sqliteStore(file).open()).rejects.toMatchObject({
    name: 'InputError',
    exitCode: 3,
    message: expect.stringContaining('a later version of this program (step 9999-later)'),
  });
});

test('the database of another program is refused and stays as it is', async () => {
  const file = await temporaryFile();
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE people (name)');
  await expect(sqliteStore(file).open()).rejects.toMatchObject({
    name: 'InputError',
    message: `The database ${file} cannot be used: The file is the database of another program.`,
  });
  expect(database.prepare('SELECT name FROM sqlite_schema').all()).toMatchObject([{ name: 'people' }]);
  database.close();
});

test('a file that is no database is refused and stays as it is', async () => {
  const file = await temporaryFile();
  await writeFile(file, 'once upon a time, '.repeat(100));
  await expect(sqliteStore(file).open()).rejects.toMatchObject({ name: 'InputError', exitCode: 3 });
  expect(await readFile(file, 'utf8')).toMatch(/^once upon a time, /);
});

test('a file that cannot be made is refused, and so is no file', async () => {
  const file = join(await temporaryFile(), 'scim.db');
  await expect(sqliteStore(file).open()).rejects.toMatchObject({
    name: 'UsageError',
    message: `The database ${file} cannot be made (ENOENT).`,
  });
  await expect(sqliteStore(':memory:').open()).rejects.toMatchObject({ name: 'UsageError' });
  await expect(sqliteStore('').open()).rejects.toMatchObject({ name: 'UsageError' });
});

test('processes that open the same new file at once all find it usable', async () => {
  const file = await temporaryFile();
  const child = fileURLToPath(new URL('test-open-and-close.ts', import.meta.url));
  const processes = Array.from({ length: 4 }, () =>
    run(process.execPath, ['--conditions=@oaa-kit/source', child, file]),
  );
  await Promise.all(processes);
  const directory = await sqliteStore(file).open();
  expect(await directory.organizations.list()).toHaveLength(4);
  await directory.close();
}, 60_000);

test('two directories on one file see and respect what the other one wrote', async () => {
  const file = await temporaryFile();
  const [one, other] = await Promise.all([sqliteStore(file).open(), sqliteStore(file).open()]);
  await one.organizations.create({ id: 'acme', name: 'Acme' });
  const context = { actor: 'tenant', requestId: 'request-1', origin: 'scim' } as const;
  const outcomes = await Promise.allSettled(
    [one, other].flatMap((directory) =>
      Array.from({ length: 100 }, (_, index) =>
        directory
          .organization('acme')
          .create('User', { attributes: { schemas: [], userName: `user-${index}` } }, context),
      ),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
  expect(await other.organization('acme').revision()).toBe(100);
  expect(await one.size()).toEqual([{ organization: 'acme', kind: 'User', count: 100 }]);
  await one.close();
  await other.close();
});
