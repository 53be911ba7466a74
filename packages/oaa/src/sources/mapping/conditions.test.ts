import { describe, expect, test } from 'vitest';
import { mapApplication, mapRows, runBoth } from './test-mapping.ts';

const csv = 'name,kind\na,Admin\nb,user\nc,\nd, \n';
const names = async (when: string, rows = csv) =>
  (await mapApplication(`user: { name: name, when: ${when} }`, rows)).local_users?.map(({ name }) => name);

describe('a when', () => {
  test.each([
    ['{ column: kind, equals: admin }', ['a']],
    ['{ column: kind, equals: "" }', ['c', 'd']],
    ['{ column: kind, notEquals: ADMIN }', ['b', 'c', 'd']],
    ['{ column: kind, oneOf: [user, " admin "] }', ['a', 'b']],
    ['{ column: kind, noneOf: [user, ""] }', ['a']],
    ['{ column: kind, empty: true }', ['c', 'd']],
    ['{ column: kind, empty: false }', ['a', 'b']],
    ['{ column: kind, empty: false, notEquals: user }', ['a']],
    ['{ columns: [kind, name], oneOf: [c, user] }', ['b', 'c']],
    ['{ expression: "{{lower kind}}/{{name}}", equals: user/b }', ['b']],
    ['{ column: nowhere, optional: true, empty: true }', ['a', 'b', 'c', 'd']],
  ])('%s takes %j', async (when, expected) => expect(await names(when)).toEqual(expected));

  test('of a source keeps its rows from all items', async () => {
    const { wire, said, rows } = await runBoth(
      `application: { name: Shop, type: Shop }\nsources: [{ file: rows.csv, when: { column: kind, equals: user }, map: [{ user: { name: name } }, { group: { name: kind } }] }]`,
      { 'rows.csv': csv },
    );
    expect(wire?.applications[0]).toMatchObject({ local_users: [{ name: 'b' }], local_groups: [{ name: 'user' }] });
    expect([said, rows]).toEqual([[], 4]);
  });

  test('that no row of a source passes gives a warning', async () => {
    const { wire, said } = await runBoth(
      `application: { name: Shop, type: Shop }\nsources: [{ file: rows.csv, when: { column: kind, equals: usr }, map: [{ user: { name: name } }] }]`,
      { 'rows.csv': csv },
    );
    expect(wire?.applications[0]?.local_users).toEqual([]);
    expect(said).toEqual(['rows.csv warning: None of the 4 rows passes the "when" of the source.']);
  });

  test('looks at the items of a JSON list: one must be allowed, none refused', async () => {
    const run = async (when: string) => {
      const { wire } = await runBoth(
        `application: { name: Shop, type: Shop }\nsources: [{ file: rows.json, map: [{ user: { name: n, when: ${when} } }] }]`,
        {
          'rows.json':
            '[{"n":"a","r":["x","Y"]},{"n":"b","r":["z"]},{"n":"c","r":[]},{"n":"d","r":{"k":1}},{"n":"e","r":[null,""]}]',
        },
      );
      return wire?.applications[0]?.local_users?.map(({ name }) => name);
    };
    expect(await run('{ column: r, empty: false }')).toEqual(['a', 'b', 'd']);
    expect(await run('{ column: r, empty: false, noneOf: [y] }')).toBeUndefined();
    expect(await run('{ column: r.0, equals: z }')).toEqual(['b']);
    expect(await run('{ column: r.k, equals: 1 }')).toEqual(['d']);
  });

  test('that cannot be told is an error of the row, which is then left out', async () => {
    const { said } = await mapRows(
      'user: { name: name, when: { expression: "{{date kind}}", empty: false } }',
      'name,kind\na,2026-01-31\nb,x\n',
    );
    expect(said).toEqual(['rows.csv:3:kind "x" is not a date of the form RFC 3339.']);
  });
});
