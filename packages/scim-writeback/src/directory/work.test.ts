import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseFilter } from '../protocol/filter/parse-filter.ts';
import { resolveFilter } from '../protocol/filter/resolve-filter.ts';
import { standardProfile } from '../protocol/profile.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { userResourceType } from '../protocol/schemas/resource-types.ts';
import { changeGroup, context, createGroup, createUsers, members, userUrn } from './conformance/law.ts';
import type { OrganizationDirectory } from './directory.ts';
import { sqliteStore, temporaryFile } from './test-store.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** How often statements run while `work` does. */
async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const spies = [vi.spyOn(StatementSync.prototype, 'run'), vi.spyOn(StatementSync.prototype, 'all')];
  await work();
  const count = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  vi.restoreAllMocks();
  return count;
}

/** How often others have their turn until `work` is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  const done = work.finally(() => {
    isOver = true;
  });
  let turns = 0;
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  await done;
  return turns;
}

/** A database with one organization; its statements are prepared from now on, and noted. */
async function watchedDirectory() {
  const file = await temporaryFile();
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const directory = await sqliteStore(file).open();
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  prepare.mockClear();
  const statements = () => [...new Set(prepare.mock.calls.map(([text]) => text))];
  return { file, directory, acme: directory.organization('acme'), statements };
}

/** Every change and reading that there is of resources by their ids. */
async function doEverything(acme: OrganizationDirectory): Promise<void> {
  const [jane = '', joe = '', ...others] = await createUsers(acme, 502);
  const inner = await createGroup(acme, 'Inner', [jane]);
  const outer = await createGroup(acme, 'Outer', [inner.id]);
  await changeGroup(acme, outer.id, members({ add: [joe], remove: [jane] }));
  await changeGroup(acme, outer.id, members({ add: [joe, jane], replaceAll: true }));
  await changeGroup(acme, outer.id, members({ add: [inner.id, joe] }));
  await changeGroup(acme, outer.id, members({ add: others, remove: ['nobody'] }));
  await changeGroup(acme, outer.id, members({ add: others, remove: [inner.id] }));
  await changeGroup(acme, outer.id, members({ add: [inner.id], remove: others }));
  await acme.update('User', jane, () => ({ attributes: { schemas: [userUrn], userName: 'jane' } }), context);
  await acme.get('User', jane);
  await acme.members(outer.id, jane, 10);
  await acme.memberships([jane, joe]);
  await acme.memberships(others);
  await acme.delete('Group', inner.id, () => undefined, context);
  await acme.delete('User', jane, () => undefined, context);
  await acme.changes(2, 10);
  await acme.revision();
}

test('no statement about resources with known ids reads more rows than these', async () => {
  const { file, directory, acme, statements } = await watchedDirectory();
  await doEverything(acme);
  const texts = statements().filter((text) => /^(select|insert|update|delete|with)\b/i.test(text));
  vi.restoreAllMocks();
  expect(texts.length).toBeGreaterThan(15);
  const database = new DatabaseSync(file);
  // What a recursion has found so far is read once, as are the ids that are asked about; nothing else is read from end to end, or by organization only.
  const wide = /^SCAN (?!reached|above|json_each)|AUTOMATIC|\(organization=\?( AND (kind|group_id)=\?)?\)/;
  const plans = texts.map((text) => {
    const steps = database
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map(({ detail }) => String(detail));
    return { text, wide: steps.filter((step) => wide.test(step)) };
  });
  expect(plans.filter((plan) => plan.wide.length > 0).map(({ text }) => text)).toEqual([
    // All members are replaced, or their group is deleted.
    'select "member_id" from "members" where "organization" = ? and "group_id" = ?',
    'delete from "members" where "organization" = ? and "group_id" = ?',
  ]);
  database.close();
  await directory.close();
});

describe('a change of one member of a group with 100,000', () => {
  test('takes the statements that it takes in a group of ten', async () => {
    const { file, directory, acme } = await watchedDirectory();
    vi.restoreAllMocks();
    const [jane = '', joe = ''] = await createUsers(acme, 2);
    const small = await createGroup(acme, 'Small', [joe]);
    const large = await createGroup(acme, 'Large', [joe]);
    const database = new DatabaseSync(file);
    database
      .prepare(`
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
        INSERT INTO members SELECT 'acme', ?, 'member-' || n, 'User' FROM numbers`)
      .run(large.id);
    database.close();
    for (const change of [members({ add: [jane] }), members({ add: [jane] }), members({ remove: [jane] })]) {
      const inSmall = await countStatements(() => changeGroup(acme, small.id, change));
      const inLarge = await countStatements(() => changeGroup(acme, large.id, change));
      expect(inSmall).toBeGreaterThan(3);
      expect(inLarge).toBe(inSmall);
    }
    expect((await acme.members(large.id, 'member-99998', 10)).map(({ id }) => id)).toEqual(['member-99999']);
    await directory.close();
  });

  test('logs that member alone', async () => {
    const { directory, acme } = await watchedDirectory();
    const ids = await createUsers(acme, 1001);
    const group = await createGroup(acme, 'Large', ids.slice(1));
    await changeGroup(acme, group.id, members({ add: ids, replaceAll: true }));
    const [last] = await acme.changes((await acme.revision()) - 1, 1);
    expect(last?.facts).toEqual({ membersAdded: ids.slice(0, 1) });
    await directory.close();
  });
});

test('others have their turn while many members come and go', async () => {
  const { directory, acme } = await watchedDirectory();
  const ids = await createUsers(acme, 5_000);
  const group = await createGroup(acme, 'Large', []);
  let now = 0;
  // Whatever is done takes a turn.
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  // 500 in a statement.
  expect(await turnsDuring(changeGroup(acme, group.id, members({ add: ids })))).toBeGreaterThanOrEqual(10);
  expect(await turnsDuring(changeGroup(acme, group.id, members({ replaceAll: true })))).toBeGreaterThanOrEqual(10);
  await directory.close();
});

test('others have their turn while costly lists run, few of which run at a time', async () => {
  const { directory, acme } = await watchedDirectory();
  await createUsers(acme, 2_000);
  const schema = new ResourceSchema(userResourceType);
  const terms = Array.from({ length: 60 }, (_, index) => `groups.display co "x${index}"`).join(' or ');
  const filter = resolveFilter(parseFilter(terms, standardProfile), schema, standardProfile);
  const query = { filter, sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 10 } };
  const lists = Array.from({ length: 30 }, () => acme.list('User', { ...query, maxTests: 2_000_000 }));
  const outcomes = Promise.allSettled(lists);
  const turns = await turnsDuring(outcomes);
  const refused = (await outcomes).filter(({ status }) => status === 'rejected');
  // Two run and sixteen wait.
  expect(refused).toHaveLength(12);
  expect(refused).toMatchObject(refused.map(() => ({ reason: { status: 503, retryAfterSeconds: 5 } })));
  expect(turns).toBeGreaterThan(100);
  await directory.close();
}, 60_000);
