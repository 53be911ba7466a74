import type { WireGroup, WireUser } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { AttributeMapping } from './attribute-mapping.ts';
import {
  type ComparableFacts,
  comparableLocalGroup,
  comparableLocalUser,
  comparableScimGroup,
  comparableScimUser,
  differingPaths,
} from './comparable.ts';
import { fromLocalUser, toLocalUser } from './local-user.ts';
import { type LossyAttribute, lossyAttributes } from './lossy-attributes.ts';
import { customGroups, customUrn, customUsers, enterpriseUrn } from './test-mapping.ts';

const long = 'x'.repeat(4097);

/** What each row is about, on a user or group: two states that differ in nothing else. */
const scimExamples: Readonly<Record<string, readonly [object, object]>> = {
  schemas: [{ schemas: ['urn:a'] }, { schemas: ['urn:b'] }],
  id: [{ id: '1' }, { id: '2' }],
  meta: [{ meta: { version: '1' } }, { meta: { version: '2' } }],
  'empty text': [{ externalId: '' }, {}],
  'text of more than 4,096 bytes': [{ externalId: long }, {}],
  dateTime: [custom({ hired: '2026-01-31T09:00:00' }), custom({ hired: '2026-01-31T10:00:00.0+01:00' })],
  'several values': [custom({ skills: ['a', 'b'] }), custom({ skills: ['b', 'a'] })],
  $ref: [enterprise({ manager: { value: '1', $ref: '/a' } }), enterprise({ manager: { value: '1', $ref: '/b' } })],
  'readOnly sub-attribute': [
    enterprise({ manager: { displayName: 'A' } }),
    enterprise({ manager: { displayName: 'B' } }),
  ],
  'writeOnly or never returned': [custom({ pin: '1', token: '1' }), custom({ pin: '2' })],
  password: [{ password: 'a' }, { password: 'b' }],
  groups: [{ groups: [{ value: 'a' }] }, {}],
  'name.honorificPrefix': [{ name: { honorificPrefix: 'Dr.' } }, {}],
  'name.honorificSuffix': [{ name: { honorificSuffix: 'III' } }, {}],
  entitlements: [{ entitlements: [{ value: 'a' }] }, {}],
  roles: [{ roles: [{ value: 'admin' }] }, {}],
  x509Certificates: [{ x509Certificates: [{ value: 'AAAA' }] }, {}],
  'emails.type': [emails({ value: 'a@b', type: 'work' }), emails({ value: 'a@b', type: 'home' })],
  'emails.display': [emails({ value: 'a@b', display: 'A' }), emails({ value: 'a@b' })],
  'emails.primary': [
    emails({ value: 'a@b', primary: true }, { value: 'c@d' }),
    emails({ value: 'a@b' }, { value: 'c@d' }),
  ],
  'emails.value': [emails({ value: 'a@b' }, { value: 'A@B' }, { value: 'admin' }), emails({ value: 'a@b' })],
  members: [{ members: [{ value: 'a' }] }, {}],
};

const local = (properties: object) => ({ custom_properties: properties });
const localExamples: Readonly<Record<string, readonly [object, object]>> = {
  id: [{ id: '1' }, { id: '2' }],
  groups: [{ groups: ['a'] }, {}],
  created_at: [{ created_at: '2026-01-31T09:00:00Z' }, { created_at: '2026-01-31T10:00:00+01:00' }],
  tags: [{ tags: [{ key: 'k', value: 'v' }] }, {}],
  owners: [{ owners: [{ external_id: 'x' }] }, {}],
  'custom_properties of other names': [local({ region: 'EU' }), {}],
  'custom_properties of other types': [local({ external_id: 42 }), local({ external_id: 'E-1' })],
  'custom_properties without definition': [{}, local({ pay_grade: 7 })],
  is_active: [{ is_active: undefined }, { is_active: false }],
  email: [{ email: 'a@b' }, { email: 'a@b', identities: ['a@b'] }],
  identities: [{ identities: ['a@b', 'jdoe', 'c@d', 'A@b'] }, { email: 'a@b', identities: ['c@d', 'a@b'] }],
  access_creds: [{ access_creds: ['a'] }, {}],
  last_login_at: [{ last_login_at: '2026-01-31T09:00:00Z' }, {}],
  deactivated_at: [{ deactivated_at: '2026-01-31T09:00:00Z' }, {}],
  password_last_changed_at: [{ password_last_changed_at: '2026-01-31T09:00:00Z' }, {}],
  user_type: [{ user_type: 'human' }, { user_type: 'service_account' }],
};

const silent = new Set([`${customUrn}:payGrade`]);
const groupIdentities: readonly [object, object] = [{ identities: ['a'] }, {}];

const compare = {
  User: {
    'scim-to-oaa': (state: object) => comparableScimUser({ userName: 'jane', ...state } as ScimObject, customUsers),
    'oaa-to-scim': (state: object) =>
      comparableLocalUser({ name: 'jane', is_active: true, ...state } as WireUser, customUsers, silent),
  },
  Group: {
    'scim-to-oaa': (state: object) =>
      comparableScimGroup({ displayName: 'staff', ...state } as ScimObject, customGroups),
    'oaa-to-scim': (state: object) =>
      comparableLocalGroup({ name: 'staff', ...state } as WireGroup, customGroups, silent),
  },
} satisfies Record<string, Record<string, (state: object) => ComparableFacts>>;

function exampleOf({ kind, direction, attribute }: LossyAttribute): readonly [object, object] {
  if (kind === 'Group' && direction === 'oaa-to-scim' && attribute === 'identities') return groupIdentities;
  const example = (direction === 'scim-to-oaa' ? scimExamples : localExamples)[attribute];
  if (example === undefined) throw new Error(`There is no example for ${attribute}.`);
  return example;
}

describe('no comparison tells what is lossy', () => {
  test.each(lossyAttributes.map((row) => [row.kind, row.direction, row.attribute, row] as const))(
    '%s %s: %s',
    (kind, direction, attribute, row) => {
      const [left, right] = exampleOf(row).map(compare[kind][direction]) as [ComparableFacts, ComparableFacts];
      expect(differingPaths(left, right)).toEqual([]);
      expect(differingPaths(right, left)).toEqual([]);
      const unsaid = [...left.incomparable].filter((path) => !silent.has(path) || attribute.endsWith('definition'));
      expect(unsaid).toHaveLength(row.effect === 'incomparable' ? 1 : 0);
    },
  );
});

test('no row is there twice', () => {
  const keys = lossyAttributes.map(({ kind, direction, attribute }) => `${kind} ${direction} ${attribute}`);
  expect(new Set(keys).size).toBe(keys.length);
});

describe('every attribute of the schemas is mapped or listed', () => {
  test.each([
    ['User', customUsers, ['userName', 'emails', 'active']],
    ['Group', customGroups, ['displayName']],
  ] as const)('of a %s', (kind, mapping, own) => {
    const known = new Set([...own, ...listed(kind, 'scim-to-oaa'), ...mapping.properties.map(({ path }) => path)]);
    expect(corePaths(mapping).filter((path) => !known.has(path))).toEqual([]);
  });

  test('and every key of a payload', () => {
    const user: Record<keyof WireUser, true> = {
      ...{ id: true, name: true, email: true, identities: true, groups: true, access_creds: true, is_active: true },
      ...{ created_at: true, last_login_at: true, deactivated_at: true, password_last_changed_at: true },
      ...{ user_type: true, tags: true, custom_properties: true, owners: true },
    };
    const group: Record<keyof WireGroup, true> = {
      ...{ id: true, name: true, identities: true, created_at: true, groups: true },
      ...{ tags: true, custom_properties: true, owners: true },
    };
    const said = ['name', 'is_active', 'custom_properties'];
    const missing = (keys: object, kind: LossyAttribute['kind']) =>
      Object.keys(keys).filter((key) => !said.includes(key) && !listed(kind, 'oaa-to-scim').includes(key));
    expect([missing(user, 'User'), missing(group, 'Group')]).toEqual([[], []]);
  });
});

describe('a comparison tells', () => {
  test.each([
    ['a user name, also in another case', { userName: 'Jane' }, {}, ['userName']],
    ['deactivation', { active: false }, { active: true }, ['active']],
    ['activation of who was neither', { active: true }, {}, ['active']],
    [
      'another primary address',
      emails({ value: 'a@b', primary: true }),
      emails({ value: 'c@d', primary: true }),
      ['emails'],
    ],
    ['one address more', emails({ value: 'a@b' }, { value: 'c@d' }), emails({ value: 'a@b' }), ['emails']],
    ['a part of a name', { name: { givenName: 'Jane' } }, { name: { givenName: 'Jan' } }, ['name.givenName']],
    ['a type of a telephone', phone('work'), phone('home'), ['phoneNumbers']],
    ['an attribute of an extension', custom({ payGrade: 1 }), custom({ payGrade: 2 }), [`${customUrn}:payGrade`]],
  ])('%s', (_case, left, right, paths) => {
    const facts = compare.User['scim-to-oaa'];
    expect(differingPaths(facts(left), facts(right))).toEqual(paths);
    expect(differingPaths(facts(right), facts(left))).toEqual(paths);
  });

  test('nothing of a value that one side cannot say, so that it is taken from nobody', () => {
    const said = fromLocalUser({ name: 'jane', custom_properties: { phone_numbers: 'ext. 5' } }, customUsers);
    const directory = { ...said.attributes, phoneNumbers: [{ value: '+1' }] };
    const base = comparableLocalUser({ name: 'jane', custom_properties: { phone_numbers: 'ext. 5' } }, customUsers);
    expect(differingPaths(base, comparableScimUser(directory, customUsers))).toEqual([]);

    const tooLong = { userName: 'jane', title: long };
    const published = comparableLocalUser(toLocalUser({ attributes: tooLong }, customUsers).user, customUsers);
    expect(differingPaths(comparableScimUser(tooLong, customUsers), published)).toEqual([]);
  });
});

function listed(kind: LossyAttribute['kind'], direction: LossyAttribute['direction']): readonly string[] {
  return lossyAttributes.filter((row) => row.kind === kind && row.direction === direction).map((row) => row.attribute);
}

function corePaths({ schema }: AttributeMapping): readonly string[] {
  return schema.attributes.flatMap(({ name, type, multiValued, subAttributes = [] }) => {
    if (name === 'meta' || type !== 'complex' || multiValued) return [name];
    return subAttributes.map((sub) => `${name}.${sub.name}`);
  });
}

function custom(data: object): object {
  return { [customUrn]: data };
}

function enterprise(data: object): object {
  return { [enterpriseUrn]: data };
}

function emails(...values: object[]): object {
  return { emails: values };
}

function phone(type: string): object {
  return { phoneNumbers: [{ value: '+1', type }] };
}
