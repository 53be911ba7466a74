import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { splitAttributePath } from '../schemas/attribute-path.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import { compileValueFilter } from './compile-filter.ts';
import { parseBracketedFilter } from './parse-filter.ts';
import { matches, stored } from './test-matches.ts';
import { groups, users } from './test-resource-type.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const jane = {
  id: '11111111-2222-4333-8444-555555555555',
  externalId: '6c0f8a3d-3a57-4b2e-9a1e-0d5c5f0f0a11',
  userName: 'jane.doe',
  active: true,
  emails: [{ type: 'work', value: 'jane.doe@example.com', primary: true }],
  roles: [{ value: 'admin', display: 'Administrator', primary: true }],
  [enterprise]: { manager: { value: '99999999-2222-4333-8444-555555555555' } },
  meta: { lastModified: '2026-03-01T12:00:00Z' },
};

const staff = {
  id: '77777777-2222-4333-8444-555555555555',
  displayName: 'R&D "Süd"',
  members: [{ value: jane.id, display: 'Jane' }, { value: '99999999-2222-4333-8444-555555555555' }],
};

/** Who asks for what -> the filter as it is sent, a resource that it means, and one that it does not. */
const queries: readonly [what: string, filter: string, meant: object, other: object, schema?: ResourceSchema][] = [
  ['the tenant: Sync Identities', 'userName eq "jane.doe"', jane, { ...jane, userName: 'jane' }],
  ['Entra ID: Match user by externalId', `externalId eq "${jane.externalId}"`, jane, { ...jane, externalId: 'x' }],
  [
    'Entra ID: Match user by an address',
    'emails[type eq "work"].value eq "jane.doe@example.com"',
    jane,
    {
      emails: [
        { type: 'home', value: 'jane.doe@example.com' },
        { type: 'work', value: 'x' },
      ],
    },
  ],
  [
    'Entra ID: Manager, read back',
    `id eq "${jane.id}" and manager eq "99999999-2222-4333-8444-555555555555"`,
    jane,
    { ...jane, [enterprise]: { manager: { value: jane.id } } },
  ],
  ['Entra ID: Group read', 'displayName eq "R&D \\"Süd\\""', staff, { displayName: 'R&D' }, groups],
  [
    'Entra ID: Group read, member',
    `id eq "${staff.id}" and members eq "${jane.id}"`,
    staff,
    { ...staff, members: [] },
    groups,
  ],
  [
    'Entra ID: flattened name of a mapping',
    'roles[primary eq "True"].value eq "admin"',
    jane,
    { roles: [{ value: 'admin' }] },
  ],
  ['Entra ID: validator, filter with different case', 'USERNAME eq "JANE.DOE"', jane, { userName: 'jane' }],
  ['Entra ID: documentation, words without quotes', 'externalId eq jyoung', { externalId: 'jyoung' }, jane],
  ['Entra ID: SCIM inbound, one user', `id eq "${jane.id}"`, jane, staff],
  [
    'Entra ID: SCIM inbound, full sync',
    'active eq true and (meta.lastModified ge "2026-02-28T23:59:59.9999999Z" and meta.lastModified le "2026-03-01T12:00:00.0000000Z")',
    jane,
    { ...jane, meta: { lastModified: '2026-03-01T12:00:00.001Z' } },
  ],
  ['Okta: Exists?', 'userName eq "jane.doe"', jane, { userName: 'jane.doe@example.com' }],
  [
    'Okta: specification test, upper-cased userName',
    'userName eq "JANE.DOE"',
    jane,
    { userName: 'jane.doe@example.com' },
  ],
  ['Okta: Group push', 'displayName eq "r&d \\"s\\u00fcd\\""', staff, { displayName: "R&D 'Süd'" }, groups],
];

describe('the filter of', () => {
  test.each(queries)('%s: %s', (_, filter, meant, other, schema = users) => {
    expect(matches(filter, meant, { schema })).toBe(true);
    expect(matches(filter, other, { schema })).toBe(false);
  });

  test.each([
    'userName',
    'externalId',
    'id',
    'displayName',
    'nickName',
    'emails.value',
    'emails',
    'phoneNumbers.value',
  ])('Entra ID: Test Connection: %s eq "<random guid>" is read, and nobody matches', (attribute) => {
    expect(matches(`${attribute} eq "0f8fad5b-d9cb-469f-a165-70867728950e"`, jane)).toBe(false);
  });

  test('Entra ID: Test Connection with a random group is read, and none matches', () => {
    expect(matches('displayName eq "0f8fad5b-d9cb-469f-a165-70867728950e"', staff, { schema: groups })).toBe(false);
  });
});

/** Who sends it -> a path of PATCH, the attribute in front of its brackets, a value that is meant, one that is not. */
const paths: readonly [what: string, path: string, meant: object, other: object, schema?: ResourceSchema][] = [
  ['Entra ID: Update', 'emails[type eq "work"].value', { type: 'Work' }, { type: 'home' }],
  ['Entra ID: Update', 'phoneNumbers[type eq "mobile"].value', { type: 'mobile' }, { value: 'mobile' }],
  ['Entra ID: Update', 'addresses[type eq "work"].streetAddress', { type: 'work' }, { country: 'work' }],
  ['Entra ID: Add to a type that is not there', 'emails[type eq "other"].value', { type: 'other' }, {}],
  ['Entra ID: flattened name of a mapping', 'roles[primary eq "True"].value', { primary: true }, { primary: false }],
  ['Entra ID: Members remove, flag', 'members[value eq "id"]', { value: 'id' }, { value: 'ID' }, groups],
  ['Okta: Membership (OIN)', 'members[value eq "a"]', { value: 'a' }, { value: 'b' }, groups],
  ['the third API: prose with single quotes', "members[value eq 'id']", { value: 'id' }, { value: "'id'" }, groups],
];

describe('the path of', () => {
  test.each(paths)('%s: %s', (_, path, meant, other, schema = users) => {
    const bracket = path.indexOf('[');
    const attribute = schema.resolve(splitAttributePath(path.slice(0, bracket)));
    if (attribute === undefined) throw new Error(`No attribute before the brackets of ${path}.`);
    const { filter, end } = parseBracketedFilter(path, bracket + 1, standardProfile);
    expect(path.slice(0, end).endsWith(']')).toBe(true);
    const predicate = compileValueFilter(filter, attribute, schema, standardProfile);
    expect([stored(meant), stored(other)].map((value) => predicate(value))).toEqual([true, false]);
  });
});
