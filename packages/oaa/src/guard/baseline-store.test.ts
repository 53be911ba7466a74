import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Baseline } from './baseline.ts';
import { BaselineStore } from './baseline-store.ts';

const key = { tenantUrl: 'https://a.test', providerId: 'p', dataSourceId: 'd' };
const aBaseline = (...users: bigint[]): Baseline => ({
  tenant: key.tenantUrl,
  provider: 'Shop',
  dataSource: 'shop.test',
  writtenAt: '2026-11-22T04:05:06.789Z',
  salt: '00112233445566778899aabbccddeeff',
  hashes: new Map([['users', BigUint64Array.from(users)]]),
});

let parent: string;
let store: BaselineStore;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'oaa-state-'));
  store = new BaselineStore(join(parent, 'state', 'oaa-kit'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const files = async () => (await readdir(store.folder)).map((name) => name.replace(/^[0-9a-f]{32}\./, ''));

test('a folder that is not there remembers nothing', async () => {
  expect(await store.read(key)).toEqual({ confirmed: undefined, pending: [] });
});

test('a push is pending until it is confirmed; only its owner may read folder and file', async () => {
  const file = await store.writePending(key, aBaseline(1n));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(store.folder)).mode & 0o777).toBe(0o700);
  expect(await store.read(key)).toEqual({ confirmed: undefined, pending: [{ file, baseline: aBaseline(1n) }] });
  await store.confirm(key, file, aBaseline(1n));
  expect((await store.read(key)).confirmed?.baseline).toEqual(aBaseline(1n));
  expect(await files()).toEqual(['baseline']);
  expect((await stat(join(store.folder, (await readdir(store.folder))[0] ?? ''))).mode & 0o777).toBe(0o600);
});

test('the same payload has one pending file, another has its own', async () => {
  const first = await store.writePending(key, aBaseline(1n));
  expect(await store.writePending(key, { ...aBaseline(1n), writtenAt: '2026-11-23T00:00:00.000Z' })).toBe(first);
  expect(await store.writePending(key, aBaseline(2n))).not.toBe(first);
  expect((await store.read(key)).pending.length).toBe(2);
});

test('another tenant, provider or data source is remembered apart', async () => {
  await store.confirm(key, await store.writePending(key, aBaseline(1n)), aBaseline(1n));
  for (const other of [
    { ...key, tenantUrl: 'https://b.test' },
    { ...key, providerId: 'q' },
    { ...key, dataSourceId: 'e' },
  ]) {
    expect(await store.read(other)).toEqual({ confirmed: undefined, pending: [] });
  }
});

test('of two pushes at once the last to be confirmed is remembered, also when the other tidied it away', async () => {
  const [one, other] = [await store.writePending(key, aBaseline(1n)), await store.writePending(key, aBaseline(2n))];
  await store.confirm(key, one, aBaseline(1n));
  await store.remove([other]);
  await store.confirm(key, other, aBaseline(2n));
  expect((await store.read(key)).confirmed?.baseline).toEqual(aBaseline(2n));
});

test('many at once leave one whole file and nothing beside it', async () => {
  const pushes = Array.from({ length: 20 }, (_, index) => aBaseline(BigInt(index)));
  await Promise.all(
    pushes.map(async (baseline) => store.confirm(key, await store.writePending(key, baseline), baseline)),
  );
  expect(await files()).toEqual(['baseline']);
  expect(pushes).toContainEqual((await store.read(key)).confirmed?.baseline);
});

test('a folder that cannot be made, and one that cannot be read', async () => {
  await mkdir(join(parent, 'state'));
  await writeFile(store.folder, 'a file');
  await expect(store.writePending(key, aBaseline(1n))).rejects.toMatchObject({
    code: 'file-unwritable',
    exitCode: 2,
    hint: 'Name a folder that you may write to with --state-dir or OAA_STATE_DIR.',
  });
  await expect(store.read(key)).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 2 });
});
