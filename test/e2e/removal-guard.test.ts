import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemovalGuard, defineApplication, GuardError, Tenant } from '@oaa-kit/oaa';
import { createSandbox, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let sandbox: Sandbox;
let tenant: Tenant;
let folder: string;
beforeAll(async () => {
  sandbox = await createSandbox();
  tenant = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey, retries: 0 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  folder = await mkdtemp(join(tmpdir(), 'oaa-guard-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A shop with so many users, all in one group that may read. */
function shop(users: number) {
  const application = defineApplication({ name: 'Shop', applicationType: 'Shop' });
  const staff = application.addGroup('staff').grant(application.addPermission('read', ['DataRead']), application);
  for (let index = 0; index < users; index += 1) application.addUser(`user-${index}`, { groups: [staff] });
  return application;
}

const names = { provider: 'Shop', dataSource: 'shop.test', createProvider: { template: 'application' } } as const;
const guarded = (users: number, options: Parameters<typeof createRemovalGuard>[0] = {}) =>
  createRemovalGuard({ stateFolder: folder, ...options }).push(tenant, { ...names, payload: shop(users) });
const usersHeld = () => sandbox.dataSource('Shop', 'shop.test')?.counts.local_users;
const writes = () => sandbox.requests().filter(({ method }) => method !== 'GET').length;
const ends = async () => (await readdir(folder)).map((name) => name.split('.').at(-1)).sort();

/** The error of a push that sent nothing. */
async function stopped(work: Promise<unknown>): Promise<GuardError> {
  const before = writes();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GuardError)) throw error ?? new Error('It was not stopped.');
  expect({ exitCode: error.exitCode, writes: writes() }).toEqual({ exitCode: 8, writes: before });
  return error;
}

describe('a push that removes too much', () => {
  test('is stopped with nothing sent, says how much of what would go, and is let through when told to', async () => {
    await guarded(100);
    const error = await stopped(guarded(75));
    expect(error.code).toBe('guard');
    expect(error.removals).toEqual([
      { kind: 'users', removed: 25, total: 100 },
      { kind: 'memberships', removed: 25, total: 100 },
    ]);
    expect(error.message).toMatch(
      /^Compared with the push of \S+Z, this push would remove from the data source "shop\.test" 25 of 100 users \(25 %\), 25 of 100 memberships \(25 %\)\. At most 20 % or 10 of a kind may go\. Nothing was sent\.$/,
    );
    expect(error.hint).toContain('--max-removal 25 ');
    expect(usersHeld()).toBe(100);

    await stopped(guarded(75, { maxRemovalPercent: 24.9 }));
    await guarded(75, { maxRemovalPercent: 25 });
    expect(usersHeld()).toBe(75);
  });

  test('is compared with the last confirmed push, not with the first', async () => {
    for (const users of [100, 81, 65, 53]) await guarded(users);
    await stopped(guarded(42));
    expect(usersHeld()).toBe(53);
  });

  test('is let through when few go, whatever the share, and the number can be set', async () => {
    await guarded(12);
    await guarded(2);
    await guarded(12);
    await stopped(guarded(2, { minimumRemovals: 9 }));
  });

  test('is stopped when only memberships or grants go', async () => {
    await guarded(30);
    const changed = shop(30);
    for (const user of changed.users) user.removeFromGroup('staff');
    const guard = createRemovalGuard({ stateFolder: folder });
    const error = await stopped(guard.push(tenant, { ...names, payload: changed }));
    expect(error.removals).toEqual([{ kind: 'memberships', removed: 30, total: 30 }]);
  });

  test("is not the guard's business when it is incremental", async () => {
    const guard = createRemovalGuard({ stateFolder: folder });
    expect(guard.covers({ incremental_change: true, applications: [] })).toBe(false);
    expect(guard.covers({ applications: [] })).toBe(true);
  });
});

describe('without a record', () => {
  test('a data source that holds data stops the push until it is told that it is the first', async () => {
    await tenant.push({ ...names, payload: shop(3) });
    const error = await stopped(guarded(3));
    expect(error.code).toBe('baseline-missing');
    expect(error.message).toContain(`no record in ${folder} of what was pushed to it last`);
    expect(error.hint).toContain('--first-push');
    await guarded(3, { firstPush: true });
    await guarded(3);
  });

  test('a data source that was made by hand and never pushed to needs no word', async () => {
    const provider = await tenant.providers.create({ name: 'Shop', template: 'application' });
    await tenant.dataSources.create(provider.id, { name: 'shop.test' });
    await guarded(3);
    expect(usersHeld()).toBe(3);
  });

  test('a data source that was deleted and made again by this push is a new one', async () => {
    const { provider, dataSource } = await guarded(100);
    await tenant.dataSources.delete(provider.id, dataSource.id);
    while ((await tenant.dataSources.find(provider.id, 'shop.test')) !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await guarded(1);
    expect(usersHeld()).toBe(1);
  });
});

describe('the record', () => {
  test('has mode 0600, and no name of anybody', async () => {
    const application = shop(0);
    application.addUser('jane.the.secretive');
    await createRemovalGuard({ stateFolder: folder }).push(tenant, { ...names, payload: application });
    const [name = '', ...more] = await readdir(folder);
    expect(more).toEqual([]);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, name), 'latin1')).not.toMatch(/jane|staff|read"/);
  });

  test('that is damaged stops the push and says which file to delete', async () => {
    await guarded(3);
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), 'nonsense');
    const error = await stopped(guarded(3));
    expect(error.code).toBe('baseline-invalid');
    expect(error.message).toContain(join(folder, name));
    expect((await stopped(guarded(3, { firstPush: true }))).code).toBe('baseline-invalid');
    await rm(join(folder, name));
    await guarded(3, { firstPush: true });
  });

  test('of a refused push is not kept', async () => {
    await guarded(30);
    sandbox.faults.schedule({ kind: 'refused-push' });
    await expect(guarded(25)).rejects.toMatchObject({ code: 'remote-refused' });
    expect(await ends()).toEqual(['baseline']);
    await stopped(guarded(10));
  });

  test('that cannot be written stops the push before anything is sent', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await guarded(3);
    const pushes = () => sandbox.dataSource('Shop', 'shop.test')?.pushes.length;
    await expect(guarded(3, { stateFolder: join(file, 'below') })).rejects.toMatchObject({ exitCode: 2 });
    expect(pushes()).toBe(1);
  });
});

describe('a push whose outcome is unknown', () => {
  test.each([
    ['was taken in', 'cut-after', 60],
    ['was not taken in', 'cut-before', 40],
  ] as const)('and %s: the next is compared with both', async (_title, kind, held) => {
    await guarded(40);
    sandbox.faults.schedule({ kind, match: { path: '*:push' } });
    await expect(guarded(60)).rejects.toMatchObject({ exitCode: 6 });
    expect(usersHeld()).toBe(held);
    expect(await ends()).toEqual(['baseline', 'pending']);

    const error = await stopped(guarded(45));
    expect(error.message).toMatch(
      /^Compared with the push of \S+, whose outcome is unknown, .* 15 of 60 users \(25 %\)/,
    );
    expect((await stopped(guarded(20))).message).toContain('20 of 40 users (50 %)');
    await guarded(59);
    expect(await ends()).toEqual(['baseline']);
    expect(usersHeld()).toBe(59);
  });

  test('as the first one needs no word afterwards, and is compared with', async () => {
    sandbox.faults.schedule({ kind: 'cut-after', match: { path: '*:push' } });
    await expect(guarded(40)).rejects.toMatchObject({ exitCode: 6 });
    await stopped(guarded(20));
    await guarded(40);
    expect(await ends()).toEqual(['baseline']);
  });

  test('stays on record when the same payload is refused afterwards', async () => {
    await guarded(40);
    sandbox.faults.schedule({ kind: 'cut-after', match: { path: '*:push' } });
    await expect(guarded(60)).rejects.toMatchObject({ exitCode: 6 });
    sandbox.faults.schedule({ kind: 'refused-push' });
    await expect(guarded(60)).rejects.toMatchObject({ exitCode: 5 });
    expect(await ends()).toEqual(['baseline', 'pending']);
  });
});

test('two pushes at once leave the record of one of them, whole', async () => {
  await guarded(30);
  await Promise.allSettled([guarded(29), guarded(31)]);
  expect((await ends()).filter((end) => end === 'baseline')).toEqual(['baseline']);
  await guarded(31);
  expect(await ends()).toEqual(['baseline']);
});

test('limits that are none are refused', () => {
  for (const maxRemovalPercent of [-1, 101, Number.NaN]) {
    expect(() => createRemovalGuard({ stateFolder: folder, maxRemovalPercent })).toThrow('percentage from 0 to 100');
  }
  expect(() => createRemovalGuard({ stateFolder: folder, minimumRemovals: 1.5 })).toThrow('minimumRemovals');
});
