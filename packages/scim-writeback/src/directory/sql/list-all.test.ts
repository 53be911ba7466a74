import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { users } from '../../protocol/filter/test-resource-type.ts';
import { withSchemas } from '../../protocol/resource/complete-resource.ts';
import type { Directory, ResourceQuery } from '../directory.ts';
import { sqliteStore, temporaryFile } from '../test-store.ts';
import { openTestDatabase, resourceOf, storeResources } from './filter/test-database.ts';
import { listAll } from './list-all.ts';
import { PageStarts } from './page-starts.ts';

const context = { actor: 'test', requestId: 'r', origin: 'scim' } as const;
const acme = { organization: 'acme', kind: 'User' } as const;

let directory: Directory;
let organizations = 0;
beforeAll(async () => {
  directory = await sqliteStore(await temporaryFile()).open();
});
afterAll(() => directory.close());

test('pages of all are those of the moment in which they are read, whatever was read and changed before', async () => {
  const step = fc.oneof(
    { weight: 1, arbitrary: fc.record({ type: fc.constant('create' as const) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('delete' as const), place: fc.nat(20) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('read' as const),
        startIndex: fc.integer({ min: 1, max: 12 }),
        count: fc.nat(4),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      organizations += 1;
      const id = `acme${organizations}`;
      await directory.organizations.create({ id, name: id });
      const people = directory.organization(id);
      let ids: readonly string[] = [];
      const create = async () => {
        const attributes = withSchemas({ userName: `u${Math.random()}` }, users);
        ids = [...ids, (await people.create('User', { attributes }, context)).id].toSorted();
      };
      for (let number = 0; number < 8; number += 1) await create();
      for (const one of steps) {
        if (one.type === 'create') await create();
        else if (one.type === 'delete') {
          const gone = ids[one.place];
          if (gone === undefined) continue;
          await people.delete('User', gone, () => undefined, context);
          ids = ids.filter((other) => other !== gone);
        } else {
          const { startIndex, count } = one;
          const query: ResourceQuery = {
            filter: undefined,
            sort: { path: undefined, descending: false },
            page: { startIndex, count },
          };
          const { totalResults, resources } = await people.list('User', query);
          const expected = ids.slice(startIndex - 1, startIndex - 1 + count);
          expect([totalResults, resources.map((resource) => resource.id)]).toEqual([ids.length, expected]);
        }
      }
    }),
    { numRuns: 60 },
  );
});

describe('who reads page by page', () => {
  test('has no rows passed over, and nothing counted again', async () => {
    const { db, statements, close } = await openTestDatabase();
    const people = Array.from({ length: 7 }, (_, index) =>
      resourceOf('User', `${index}`, withSchemas({ userName: `u${index}` }, users)),
    );
    await db
      .insertInto('organizations')
      .values({ id: 'acme', name: 'Acme', revision: 7, created_at: '2026-11-22' })
      .execute();
    await storeResources(db, 'acme', people);
    const starts = new PageStarts();
    const read: string[] = [];
    const before = statements.length;
    for (let startIndex = 1; startIndex <= 7; startIndex += 2) {
      const { resources, totalResults } = await listAll(db, acme, { startIndex, count: 2 }, starts);
      read.push(...resources.map(({ id }) => id));
      expect(totalResults).toBe(7);
    }
    expect(read).toEqual(people.map(({ id }) => id));
    const texts = statements.slice(before).map(({ sql }) => sql);
    expect(texts.map((sql) => /\boffset\b/.test(sql))).toEqual([true, false, false, false]);
    expect(texts.filter((sql) => sql.includes('resource_counts'))).toHaveLength(1);
    await close();
  });

  test('of the starts of pages, the latest thousand are kept', () => {
    const starts = new PageStarts();
    const start = { from: 'a', revision: 1, total: 1 };
    for (let offset = 0; offset < 1_000; offset += 1) starts.remember('acme', 'User', offset, start);
    starts.remember('acme', 'User', 0, start);
    starts.remember('acme', 'User', 1_000, start);
    expect([0, 1, 2, 1_000].map((offset) => starts.find('acme', 'User', offset) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([starts.find('other', 'User', 0), starts.find('acme', 'Group', 0)]).toEqual([undefined, undefined]);
  });
});
