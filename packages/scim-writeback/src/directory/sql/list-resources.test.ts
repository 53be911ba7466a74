import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { groups, users } from '../../protocol/filter/test-resource-type.ts';
import { withSchemas } from '../../protocol/resource/complete-resource.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import {
  openTestDatabase,
  resourceOf,
  storeMembers,
  storeResources,
  type TestDatabase,
} from './filter/test-database.ts';
import { filterOf, list } from './filter/test-list.ts';
import { listResources } from './list-resources.ts';

const user = (id: string, attributes: ScimObject) => resourceOf('User', id, withSchemas(attributes, users));
const anna = user('1', { userName: 'anna', title: 'b', emails: [{ value: 'z@x' }, { value: 'a@x', primary: true }] });
const berta = user('2', { userName: 'Berta', displayName: 'B', active: false, emails: [{ value: 'm@x' }] });
const carl = user('3', { userName: 'carl', displayName: 'a', active: true, title: 'A' });
const dora = user('4', { userName: 'DORA', displayName: 'b', active: true });
const staff = resourceOf('Group', '5', withSchemas({ displayName: 'Staff' }, groups));

let database: TestDatabase;
let before = 0;
beforeAll(async () => {
  database = await openTestDatabase();
  await storeResources(database.db, 'acme', [dora, berta, staff, carl, anna]);
  await storeMembers(database.db, 'acme', [['5', '3', 'User']]);
  await storeResources(database.db, 'other', [
    user('9', { userName: 'anna', title: 'b' }),
    user('3', { userName: 'x' }),
  ]);
});
afterAll(() => database.close());
beforeEach(() => {
  before = database.statements.length;
});

/** What was asked of the database since the test began. */
const statements = () => database.statements.slice(before).map(({ sql }) => sql);
const all = (asked: Parameters<typeof list>[2], organization?: string) => list(database.db, users, asked, organization);

test('a resource comes as it is stored', async () => {
  const page = { startIndex: 1, count: 10 };
  const sort = { path: undefined, descending: false };
  const found = await listResources(database.db, 'acme', 'Group', groups, { sort, page });
  expect(found).toMatchObject({ totalResults: 1, resources: [staff] });
});

describe('#51, #52 pages', () => {
  test.each([
    [1, 2, ['1', '2']],
    [3, 2, ['3', '4']],
    [4, 2, ['4']],
    [5, 2, []],
    [Number.MAX_SAFE_INTEGER, 2, []],
    [1, 0, []],
    [3, 0, []],
  ])('from %d, %d resources', async (startIndex, count, ids) => {
    const everyWay = [{}, { filter: 'userName pr' }, { filter: 'not (title eq "none")' }, { sortBy: 'locale' }];
    for (const asked of [...everyWay, { filter: 'not (title eq "none")', sortBy: 'locale' }]) {
      expect(await all({ ...asked, startIndex, count })).toEqual({ ids, total: 4 });
    }
  });

  test('together are the list, whatever their size and the order', async () => {
    for (const sortBy of ['userName', 'displayName', 'active', 'title', 'emails', 'meta.created', 'id', undefined]) {
      for (const filter of [undefined, 'userName pr', 'userName pr and not (title eq "none")']) {
        for (const sortOrder of ['ascending', 'descending']) {
          const whole = (await all({ filter, sortBy, sortOrder })).ids;
          for (const count of [1, 3]) {
            const ids: string[] = [];
            for (let startIndex = 1; startIndex <= 4; startIndex += count) {
              ids.push(...(await all({ filter, sortBy, sortOrder, startIndex, count })).ids);
            }
            expect(ids).toEqual(whole);
          }
        }
      }
    }
  });
});

describe('#48, #50 the order', () => {
  test.each([
    ['userName', ['1', '2', '3', '4'], ['4', '3', '2', '1']],
    ['displayName', ['3', '2', '4', '1'], ['1', '2', '4', '3']],
    ['active', ['2', '3', '4', '1'], ['1', '3', '4', '2']],
    ['title', ['3', '1', '2', '4'], ['2', '4', '1', '3']],
    ['emails', ['1', '2', '3', '4'], ['3', '4', '2', '1']],
    ['id', ['1', '2', '3', '4'], ['4', '3', '2', '1']],
    ['meta.lastModified', ['1', '2', '3', '4'], ['1', '2', '3', '4']],
    // Computed values have no first one.
    ['groups', ['1', '2', '3', '4'], ['1', '2', '3', '4']],
  ])('by %s', async (sortBy, ascending, descending) => {
    for (const filter of [undefined, 'userName pr', 'not (title eq "none")']) {
      expect((await all({ filter, sortBy })).ids).toEqual(ascending);
      expect((await all({ filter, sortBy, sortOrder: 'descending' })).ids).toEqual(descending);
    }
  });
});

describe('another organization', () => {
  test.each([
    [{ filter: 'userName eq "anna"' }, ['9']],
    [{ filter: 'title eq "b"' }, ['9']],
    [{ filter: 'id eq "4"' }, []],
    [{ filter: 'id eq "3"' }, ['3']],
    [{ filter: 'groups.value eq "5"' }, []],
    [{ filter: 'groups.display eq "Staff"' }, []],
    [{ filter: 'groups pr' }, []],
    [{ sortBy: 'title' }, ['9', '3']],
    [{}, ['3', '9']],
  ])('has its own: %j', async (asked, ids) => {
    expect(await all(asked, 'other')).toEqual({ ids, total: ids.length });
  });

  test('without resources has none', async () => {
    for (const filter of [undefined, 'userName pr', 'title pr', 'groups pr']) {
      expect(await all({ filter }, 'nobody')).toEqual({ ids: [], total: 0 });
    }
  });
});

describe('the database is asked for no more than needed', () => {
  const reads = (table: string) => statements().filter((sql) => new RegExp(`from "${table}"`).test(sql));

  test('the total without a filter reads no resource', async () => {
    expect(await all({ count: 0 })).toEqual({ ids: [], total: 4 });
    expect(statements()).toHaveLength(1);
    expect(reads('resource_counts')).toHaveLength(1);
  });

  test('a total of what columns tell reads no document', async () => {
    expect((await all({ count: 0, filter: 'userName sw "b"', sortBy: 'title' })).total).toBe(1);
    expect(statements()).toEqual([expect.stringContaining('count(*)')]);
  });

  test('who asks for one user asks once', async () => {
    expect((await all({ filter: 'userName eq "ANNA"', count: 100 })).ids).toEqual(['1']);
    expect(statements()).toHaveLength(1);
  });

  test('what nobody can match is not asked for', async () => {
    expect((await all({ filter: 'shoeSize eq 3 and title co "b"' })).total).toBe(0);
    expect((await all({ filter: 'meta.resourceType eq "Group"' })).total).toBe(0);
    expect(statements()).toEqual([]);
  });

  test('of a filter that columns tell in part, only the rest is read', async () => {
    expect((await all({ filter: 'active eq true and title eq "a"' })).ids).toEqual(['3']);
    const [ids = '', documents = ''] = reads('resources');
    expect(ids).toMatch(/"active" = \?/);
    expect(documents).toMatch(/"id" in \(select value from json_each\(\?\)\)/);
  });
});

test('a value is never part of a statement', async () => {
  const hostile = `' or 1=1 --`;
  for (const path of ['userName', 'title', 'id', 'groups', 'groups.display']) {
    for (const operator of ['eq', 'co', 'sw', 'ew', 'gt']) await all({ filter: `${path} ${operator} "${hostile}"` });
  }
  expect(statements().length).toBeGreaterThan(10);
  expect(statements().join()).not.toContain('1=1');
});

test('a filter with as many terms as there may be is asked of the database', async () => {
  const terms = Array.from({ length: 128 }, (_, index) => `id eq "${index}"`);
  expect((await all({ filter: terms.join(' or ') })).ids).toEqual(['1', '2', '3', '4']);
  expect((await all({ filter: terms.map((term) => `not (${term})`).join(' and ') })).ids).toEqual([]);
});

test('a list that is read in many parts has each resource once, and the work grows with it only', async () => {
  const count = 40_500;
  const ids = Array.from({ length: count }, (_, index) => `n${String(index).padStart(6, '0')}`);
  await storeResources(
    database.db,
    'large',
    ids.map((id, index) => user(id, { userName: `u${count - index}`, title: 'a' })),
  );
  before = database.statements.length;
  const filter = 'userName sw "U" and title eq "A"';
  expect(await all({ filter, startIndex: 19_999, count: 4 }, 'large')).toEqual({
    ids: ids.slice(19_998, 20_002),
    total: count,
  });
  // Three times 20,000 ids, each 500 documents, the page.
  expect(statements()).toHaveLength(3 + 81 + 1);
  expect((await all({ filter, startIndex: count, count: 9 }, 'large')).ids).toEqual(ids.slice(-1));
});

describe('what a list may cost', () => {
  const query = (filter: string, maxTests: number) => ({
    filter: filterOf(filter, users),
    sort: { path: undefined, descending: false },
    page: { startIndex: 1, count: 10 },
    maxTests,
  });
  const tooMany = { status: 400, scimType: 'tooMany', detail: expect.stringContaining('may make') };

  test.each(['title co "a" or title co "b"', 'userName co "a" or userName co "b"', 'title co "a" and active pr'])(
    'is terms that no index answers times resources: %s',
    async (filter) => {
      const ask = (maxTests: number) => listResources(database.db, 'acme', 'User', users, query(filter, maxTests));
      await ask(8);
      before = database.statements.length;
      await expect(ask(7)).rejects.toMatchObject(tooMany);
      // How many there are, and no more.
      expect(statements()).toHaveLength(1);
    },
  );

  test('is not what an index finds, but what is looked at behind it', async () => {
    const ask = (filter: string, maxTests: number) =>
      listResources(database.db, 'acme', 'User', users, query(filter, maxTests));
    expect(await ask('userName eq "anna" or userName eq "berta"', 1)).toMatchObject({ totalResults: 2 });
    expect(await ask('emails.value eq "z@x" and title co "b"', 2)).toMatchObject({ totalResults: 1 });
    await expect(ask('emails.value eq "z@x" and title co "b"', 1)).rejects.toMatchObject(tooMany);
  });
});
