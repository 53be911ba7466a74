import { chmod, chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { sqliteStore } from '../../directory/test-store.ts';
import { WriteBackDirectory } from '../write-back-directory.ts';
import { csvApplication, shopFiles } from './test-csv-application.ts';

const nobody = 65_534;
const context = { actor: 'tenant', requestId: 'request-1', origin: 'scim' } as const;
const ada = { attributes: { schemas: [], userName: 'ada' } };

// Nothing is read-only to root.
beforeAll(async () => {
  if (process.geteuid?.() !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'oaa-nobody-'));
  await chown(folder, nobody, nobody);
  await chmod(tmpdir(), 0o711);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  process.seteuid?.(nobody);
  return () => {
    process.seteuid?.(0);
    process.env.TMPDIR = TMPDIR;
  };
});

test('a folder that becomes read-only is 503, and the change is made when it can be written again', async () => {
  const root = await mkdtemp(join(tmpdir(), 'oaa-csv-'));
  const folder = join(root, 'files');
  await mkdir(folder);
  for (const [name, content] of Object.entries(shopFiles)) await writeFile(join(folder, name), content);
  const { adapter, file, names } = await csvApplication({}, undefined, { folder });
  await adapter.check();
  const directory = await sqliteStore(join(root, 'scim.db')).open();
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  const intents = directory.intents('acme');
  const acme = new WriteBackDirectory(directory.organization('acme'), intents, {
    adapter,
    recoverEveryMs: 20,
    retry: { firstMs: 20 },
  });
  onTestFinished(async () => {
    await acme.close();
    await directory.close();
  });
  const before = await names();

  await chmod(folder, 0o555);
  await expect(acme.create('User', ada, context)).rejects.toMatchObject({ status: 503 });
  expect(await file('users.csv')).toBe(shopFiles['users.csv']);
  expect(await names()).toEqual(before);
  expect(await intents.list()).toMatchObject([{ state: 'open', reason: 'the permission is missing' }]);

  await chmod(folder, 0o755);
  acme.start();
  await expect.poll(() => intents.list()).toEqual([]);
  expect(await file('users.csv')).toBe(`${shopFiles['users.csv']}ada,,,yes,,new\n`);
});
