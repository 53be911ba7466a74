import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileResolvedFilter } from '../../../protocol/filter/compile-filter.ts';
import { badgeUrn, groups, users } from '../../../protocol/filter/test-resource-type.ts';
import { withSchemas } from '../../../protocol/resource/complete-resource.ts';
import type { ResourceSchema } from '../../../protocol/schemas/resource-schema.ts';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import { assemble } from './test-assembled.ts';
import { openTestDatabase, resourceOf, storeMembers, storeResources, type TestDatabase } from './test-database.ts';
import { filterOf, list } from './test-list.ts';
import { translateFilter } from './translate-filter.ts';

const texts = [
  'Jane',
  'jane.doe@example.com',
  'JANET',
  'Zoë',
  'ZOE\u0308',
  'straße',
  'STRASSE',
  'ΟΔΟΣ',
  'οδος',
  'İstanbul',
  'ſ',
  '%',
  '100%_',
  "O'Brien",
  '\ud7ff',
  '\ue000',
  '\uffee',
  '\u{10ffff}',
  '\u{10ffff}\u{10ffff}x',
  '\u{1d4b3}',
  'a"]b\\c',
];
const instants = ['2024-05-01T10:00:00', '2024-05-01T10:00:00.5', '2024-05-01T10:00:00.501', '2023-12-31T23:59:59.999'];

const user = (id: string, attributes: ScimObject, index: number) =>
  resourceOf('User', id, withSchemas(attributes, users), {
    version: index + 1,
    created: instants[index % 4] ?? '',
    lastModified: instants[(index + 1) % 4] ?? '',
  });
const people = [
  ...texts.map((text, index) =>
    user(
      `u${index}`,
      {
        userName: text,
        externalId: text,
        title: text,
        ...(index % 3 > 0 && { displayName: text, active: index % 3 > 1 }),
      },
      index,
    ),
  ),
  user('empty', { userName: 'empty', externalId: '', displayName: '' }, 0),
  user('U0', { userName: 'extended', [badgeUrn]: { level: 3 } }, 2),
  user('Jane', { userName: 'Jane Roe', active: true }, 3),
];
const teams = [
  ...texts
    .slice(0, 12)
    .map((text, index) => resourceOf('Group', `g${index}`, withSchemas({ displayName: text }, groups))),
  resourceOf('Group', 'G0', withSchemas({ displayName: 'none' }, groups)),
];
const edges = [
  ['g0', 'u0', 'User'],
  ['g0', 'u1', 'User'],
  ['g0', 'empty', 'User'],
  ['g1', 'g0', 'Group'],
  ['g1', 'u2', 'User'],
  ['g2', 'g1', 'Group'],
  // In a circle.
  ['g1', 'g2', 'Group'],
  ['g3', 'u0', 'User'],
  ['g4', 'empty', 'User'],
  ['g5', 'Jane', 'User'],
  ['g6', 'g7', 'Group'],
] as const;

const everything = assemble([...people, ...teams], edges);
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await storeResources(database.db, 'acme', [...people, ...teams]);
  await storeMembers(database.db, 'acme', edges);
  // The same in another organization, whose memberships are others.
  await storeResources(database.db, 'other', [...people, ...teams]);
  await storeMembers(database.db, 'other', [
    ['g9', 'u9', 'User'],
    ['g9', 'g0', 'Group'],
    ['g9', 'u0', 'User'],
  ]);
});
afterAll(() => database.close());

const quoted = (values: readonly string[]) => values.map((value) => JSON.stringify(value));
const order = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const every = [...order, 'co', 'sw', 'ew'];
const words = quoted([
  ...texts,
  '',
  'jan',
  'JAN',
  'e',
  '\u0308',
  'σ',
  'ς',
  'a\0b',
  '\0',
  '\u{10ffff}\u{10ffff}',
  'x'.repeat(300),
]);
const ids = quoted(['u0', 'U0', 'u', 'Jane', 'g0', 'g1', 'g2', 'g7', 'G0', 'g', '', 'nobody']);
const times = quoted([
  '2024-05-01T10:00:00Z',
  '2024-05-01T12:00:00.500+02:00',
  '2024-05-01T10:00:00.5001Z',
  '2023-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
]);

/** Whether the columns tell, or documents have to be read. */
type Answer = 'columns' | 'documents';
type Row = readonly [
  schema: ResourceSchema,
  path: string,
  operators: readonly string[],
  values: readonly string[],
  by: Answer,
];

const rows: readonly Row[] = [
  [users, 'userName', every, words, 'columns'],
  [users, 'externalId', every, words, 'columns'],
  [users, 'displayName', every, words, 'columns'],
  [users, 'id', every, ids, 'columns'],
  [users, 'active', ['eq', 'ne'], ['true', 'false', '"True"'], 'columns'],
  [users, 'meta.created', order, times, 'columns'],
  [users, 'meta.lastModified', order, times, 'columns'],
  [users, 'meta.lastModified', ['co', 'sw', 'ew'], quoted(['2024', 'T', 'z', '.5Z', '.500Z', ':00.000z']), 'documents'],
  [users, 'meta.resourceType', every, quoted(['User', 'user', 'Group', 'U']), 'columns'],
  [users, 'meta.location', every, quoted(['https://scim.example.com/Users/u0', '']), 'columns'],
  [users, 'meta.version', every, quoted(['W/"1"', 'w/"1"', '1']), 'documents'],
  [users, 'title', every, words, 'documents'],
  [users, 'groups', every, ids, 'columns'],
  [users, 'groups.type', every, quoted(['direct', 'Indirect', 'd', '']), 'columns'],
  [users, 'groups.display', every, words, 'columns'],
  [users, 'groups.$ref', every, quoted(['https://scim.example.com/Groups/g0']), 'columns'],
  [users, 'groups[type eq "indirect"].value', every, ids, 'columns'],
  [users, 'groups[not (display co "e")].display', every, words, 'columns'],
  [groups, 'displayName', every, words, 'columns'],
  [groups, 'externalId', every, quoted(['x']), 'columns'],
  [groups, 'id', every, ids, 'columns'],
  [groups, 'meta.resourceType', every, quoted(['User', 'Group']), 'columns'],
  [groups, 'members', every, ids, 'columns'],
  [groups, 'members.type', every, quoted(['User', 'group', 'u']), 'columns'],
  [groups, 'members.display', every, words, 'columns'],
  [groups, 'members.$ref', every, quoted(['https://scim.example.com/Users/u0']), 'columns'],
  [groups, 'members[type eq "Group"].value', every, ids, 'columns'],
  [groups, 'members[value eq "u0" or display pr].value', every, ids, 'columns'],
  [groups, 'schemas', every, quoted([groups.type.schema.id, 'urn:ietf', '']), 'columns'],
];

/** What matches, by the evaluator, over resources that are all in memory. */
function expected(filter: string, schema: ResourceSchema): string[] {
  const matches = compileResolvedFilter(filterOf(filter, schema));
  const own = everything.filter((one) => (one.meta as ScimObject).resourceType === schema.type.name);
  return own
    .filter(matches)
    .map(({ id }) => String(id))
    .sort();
}

function isExact(filter: string, schema: ResourceSchema): boolean {
  const kind = schema === groups ? 'Group' : 'User';
  return translateFilter(filterOf(filter, schema), { organization: 'acme', kind, schema }).exact;
}

describe('a list has what the evaluator finds', () => {
  test.each(rows.map((row) => [row[0].type.name, row[1], row] as const))('%s %s', async (_type, _path, row) => {
    const [schema, path, operators, values, by] = row;
    const terms = operators.flatMap((operator) => values.map((value) => `${path} ${operator} ${value}`));
    let found = 0;
    for (const term of [...terms, `${path} pr`, `${path} eq null`]) {
      for (const filter of [term, `not (${term})`, `userName pr and ${term}`, `not (title pr or ${term})`]) {
        const right = expected(filter, schema);
        expect({ filter, ...(await list(database.db, schema, { filter })) }).toEqual({
          filter,
          ids: right,
          total: right.length,
        });
        found += right.length;
      }
      const known = path === 'meta.lastModified' && / (?:pr|eq null)$/.test(term) ? 'columns' : by;
      expect([term, isExact(term, schema)]).toEqual([term, known === 'columns']);
    }
    expect(found).toBeGreaterThan(0);
  });

  test.each([
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', 'columns'],
    [`schemas eq "${badgeUrn}"`, 'documents'],
    [`not (schemas eq "${badgeUrn}")`, 'documents'],
    [`schemas ne "${badgeUrn}"`, 'columns'],
    ['schemas ne "urn:ietf:params:scim:schemas:core:2.0:User"', 'documents'],
    ['schemas eq "urn:example:none"', 'columns'],
    ['schemas co "badge" and userName eq "extended"', 'documents'],
    [`schemas[value sw "urn:example"]`, 'documents'],
    ['meta[resourceType eq "User"]', 'documents'],
    ['meta[lastModified ge "2024-05-01T10:00:00Z"].created lt "2024-05-01T10:00:00Z"', 'documents'],
    ['groups[value eq "g0" and type eq "direct"]', 'columns'],
    ['groups[value eq "g0" and type eq "indirect"]', 'columns'],
    ['groups[value eq "g2" and not (type eq "direct")]', 'columns'],
    ['groups[value eq "g2" and value eq "g1"]', 'columns'],
    ['groups.value eq "g2" and title co "e"', 'documents'],
    ['not (groups.value eq "g0") and not (title co "e")', 'documents'],
    ['groups.value eq "g2" or title co "e" or not (groups.display pr)', 'documents'],
    ['groups pr', 'columns'],
    ['shoeSize pr or userName eq "jane"', 'columns'],
    ['not (shoeSize ne 3) or title co "e"', 'documents'],
    ['shoeSize pr and title co "e"', 'columns'],
    ['title co "e" or meta.resourceType pr', 'columns'],
    ['title co "e" or id pr', 'documents'],
  ] as const)('%s', async (filter, by) => {
    const right = expected(filter, users);
    expect(await list(database.db, users, { filter })).toEqual({ ids: right, total: right.length });
    expect(isExact(filter, users)).toBe(by === 'columns');
  });

  test('so says a table made by hand', async () => {
    const found = async (filter: string, schema = users) => (await list(database.db, schema, { filter })).ids;
    expect(await found('userName eq "zoë"')).toEqual(['u3', 'u4']);
    expect(await found('userName sw "JAN"')).toEqual(['Jane', 'u0', 'u1', 'u2']);
    expect(await found('meta.created ew ":00.000Z" and userName sw "jane"')).toEqual(['u0']);
    expect(await found('members.display eq "empty"', groups)).toEqual(['g0', 'g4']);
    expect(await found('userName co "%"')).toEqual(['u11', 'u12']);
    expect(await found('externalId eq "jane"')).toEqual([]);
    expect(await found('userName gt "\\uffee"')).toEqual(['u17', 'u18', 'u19']);
    expect(await found('groups.value eq "g2"')).toEqual(['empty', 'u0', 'u1', 'u2']);
    expect(await found('members eq "u0"', groups)).toEqual(['g0', 'g3']);
    expect(await found('id eq "g0" and members eq "u0"', groups)).toEqual(['g0']);
    expect(await found('members.value ne "u0"', groups)).toEqual(expect.arrayContaining(['G0', 'g0', 'g1']));
    expect(await found('members.value ne "u0"', groups)).not.toContain('g3');
  });
});
