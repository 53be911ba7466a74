import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import { baseOf, scimChanges, titled, useBases } from './test-bases.ts';

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => titled(`user-${index}`, 'x', { id: `u${index}`, groups: ['all'] }));
const groups = [{ id: 'all', name: 'All' }];

test('readers have their turn while a base is merged, and see all of it or nothing', async () => {
  const { submit, revision } = await useBases();
  let isMerging = true;
  const seen = new Set<number>();
  let reads = 0;
  const reader = (async () => {
    while (isMerging) {
      seen.add(await revision());
      reads += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const { record } = await submit(baseOf({ users: people(1500), groups }), { asOf: undefined });
  isMerging = false;
  await reader;
  expect([...seen].filter((one) => one !== 0 && one !== record.revision)).toEqual([]);
  expect(record.revision).toBe(1502);
  expect(reads).toBeGreaterThanOrEqual(7);
});

test('bases that are submitted at once are merged one after the other', async () => {
  const { submit, bases, facts } = await useBases();
  await submit(baseOf({ users: people(3), groups }));
  const { asOf } = await bases.begin();
  const next = [2, 3, 4].map((count) => baseOf({ users: people(count), groups }));
  const accepted = await Promise.all(next.map((payload) => bases.submit(payload, { asOf, actor: 'connector' })));
  expect(accepted.map(({ record }) => record.generation).toSorted()).toEqual([2, 3, 4]);
  const last = accepted.find(({ record }) => record.generation === 4);
  expect(Object.keys((await facts()).users).length).toBe(last?.record.counts.users);
});

test('requests that come while a base is merged are carried out after it', async () => {
  const { submit, scim, named } = await useBases();
  const merging = submit(baseOf({ users: people(500), groups }), { asOf: undefined });
  const created = scim.create('User', { userName: 'user-1' });
  const outcomes = await Promise.allSettled([merging, created]);
  // Whoever is first has the name; the other one is told.
  const [base, request] = outcomes;
  expect(base.status).toBe('fulfilled');
  const holder = (await named('user-1'))?.id;
  if (request.status === 'fulfilled') expect(holder).toBe(request.value);
  else expect([holder, request.reason]).toMatchObject(['u1', { status: 409, scimType: 'uniqueness' }]);
});

test('what changes while a base is merged is not lost: the base is merged again', async () => {
  const file = await temporaryFile();
  const store = await sqliteStore(file).open();
  const other = await sqliteStore(file).open();
  onTestFinished(() => Promise.all([store.close(), other.close()]).then(() => undefined));
  const acme = await useBases(store);
  await acme.submit(baseOf({ users: people(300), groups }));
  const { asOf } = await acme.bases.begin();
  const beside = scimChanges(other.intents(acme.plain.organization));
  // Each of these comes after some part of the merging: several bases are merged again, and some in their transaction.
  const changes = (async () => {
    for (let index = 0; index < 20; index += 1) await beside.set('User', `u${index}`, { title: 'by SCIM' });
  })();
  for (let round = 0; round < 3; round += 1) {
    const next = people(301).map((user) => ({ ...user, custom_properties: { title: `round ${round}` } }));
    await acme.bases.submit(baseOf({ users: next, groups }), { asOf, actor: 'connector' });
  }
  await changes;
  const { users } = await acme.facts();
  const titles = Array.from({ length: 301 }, (_, index) => Object(users[`user-${index}`]).title);
  // Of what SCIM has changed since the extraction began, the directory knows more than the base.
  expect(titles).toEqual(Array.from({ length: 301 }, (_, index) => (index < 20 ? 'by SCIM' : 'round 2')));
  const rows = await acme.plain.changes(0, 10_000);
  expect(rows.map(({ revision }) => revision)).toEqual(rows.map((_, index) => index + 1));
});

test('a base that fails in the middle has changed nothing, and can be submitted again', async () => {
  const file = await temporaryFile();
  const directory = await sqliteStore(file).open();
  onTestFinished(() => directory.close());
  const { submit, revision, bases, facts, links } = await useBases(directory);
  await submit(baseOf({ users: people(3), groups }));
  const before = [await revision(), await facts(), await links(), await bases.list()];
  const other = new DatabaseSync(file);
  other.exec(
    `CREATE TRIGGER disk BEFORE INSERT ON resources WHEN NEW.id = 'u400' BEGIN SELECT RAISE(ABORT, 'no room'); END`,
  );
  const next = baseOf({ users: people(500), groups });
  await expect(submit(next)).rejects.toThrow('no room');
  expect([await revision(), await facts(), await links(), await bases.list()]).toEqual(before);
  other.exec('DROP TRIGGER disk');
  other.close();
  expect((await submit(next)).changes.created).toBe(497);
});
