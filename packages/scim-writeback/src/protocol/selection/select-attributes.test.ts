import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { normaliseResource } from '../resource/normalise-resource.ts';
import { bodies } from '../resource/test-bodies.ts';
import { customUrn, customUsers, groups, users } from '../resource/test-schemas.ts';
import { enterpriseUserSchema } from '../schemas/enterprise-user-schema.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import type { SelectionRequest } from './compile-selection.ts';
import { selectAttributes } from './select-attributes.ts';

const core = users.type.schema.id;
const enterprise = enterpriseUserSchema.id;

const user: ScimObject = {
  schemas: [core, enterprise, customUrn],
  id: '1',
  externalId: 'x',
  userName: 'bjensen',
  password: 'secret',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [{ value: 'b@example.com', type: 'work', primary: true }, { type: 'home' }],
  [enterprise]: { department: 'IT', manager: { value: '2', displayName: 'Boss' } },
  [customUrn]: {
    tags: ['a'],
    pin: '1',
    notes: 'n',
    grade: 'g',
    vault: { key: 'k' },
    review: { note: 'n', by: 'b' },
    contract: { number: '1', secret: 's', remark: 'r' },
  },
  meta: { resourceType: 'User', version: 'W/"1"' },
};

const always = { schemas: user.schemas, id: '1', [customUrn]: { grade: 'g' } };
const select = (request: SelectionRequest) => selectAttributes(user, customUsers, request);

describe('#26 attributes: what is always returned, and what is named', () => {
  test.each([
    [['userName'], { ...always, userName: 'bjensen' }],
    [['USERNAME', 'nothing', 'name.nothing', ''], { ...always, userName: 'bjensen' }],
    [['name.givenName'], { ...always, name: { givenName: 'Barbara' } }],
    [['name.givenName', 'name'], { ...always, name: { givenName: 'Barbara', familyName: 'Jensen' } }],
    [['emails.value'], { ...always, emails: [{ value: 'b@example.com' }] }],
    [['emails.display'], always],
    [[`${core}:userName`], { ...always, userName: 'bjensen' }],
    [[`${enterprise}:department`], { ...always, [enterprise]: { department: 'IT' } }],
    [[`${enterprise.toLowerCase()}:manager.value`], { ...always, [enterprise]: { manager: { value: '2' } } }],
    [['manager.value'], { ...always, [enterprise]: { manager: { value: '2' } } }],
    [[enterprise], { ...always, [enterprise]: user[enterprise] }],
    [['meta.version', 'id', 'schemas'], { ...always, meta: { version: 'W/"1"' } }],
    [['nothing'], always],
    [['__proto__', 'constructor', 'toString'], always],
  ])('%j', (attributes, expected) => {
    expect(select({ attributes })).toEqual(expected);
  });
});

describe('#27 excludedAttributes: what is returned by default less the named', () => {
  const { password: _, ...shown } = user;
  const byDefault = {
    ...shown,
    [customUrn]: { tags: ['a'], grade: 'g', contract: { number: '1' } },
  };

  test.each([
    [[], byDefault],
    [['nothing'], byDefault],
    [['id', 'schemas', `${customUrn}:grade`], byDefault],
    [['NAME'], { ...byDefault, name: undefined }],
    [['name.givenName'], { ...byDefault, name: { familyName: 'Jensen' } }],
    [['emails.value', 'emails.primary'], { ...byDefault, emails: [{ type: 'work' }, { type: 'home' }] }],
    [[enterprise], { ...byDefault, [enterprise]: undefined }],
    [[`${enterprise}:manager`], { ...byDefault, [enterprise]: { department: 'IT' } }],
    [[customUrn], { ...byDefault, [customUrn]: { grade: 'g' } }],
    [['meta'], { ...byDefault, meta: undefined }],
  ])('%j', (excludedAttributes, expected) => {
    expect(select({ excludedAttributes })).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test('members of a group, as Entra ID asks', () => {
    const group = { schemas: [groups.type.schema.id], id: '1', displayName: 'G', members: [{ value: '2' }] };
    expect(selectAttributes(group, groups, { excludedAttributes: ['members'] })).toEqual({
      schemas: group.schemas,
      id: '1',
      displayName: 'G',
    });
  });

  test('a complex attribute of which nothing is left is not there', () => {
    const names = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];
    expect(select({ excludedAttributes: names.map((name) => `name.${name}`) })).not.toHaveProperty('name');
  });
});

describe('#30 returned', () => {
  test('never: in no answer', () => {
    const attributes = [
      'password',
      `${customUrn}:pin`,
      `${customUrn}:vault.key`,
      `${customUrn}:contract.secret`,
      'userName',
    ];
    expect(select({ attributes })).toEqual({ ...always, userName: 'bjensen' });
    expect(select({ written: attributes })).not.toHaveProperty('password');
  });

  test('request: where it is named', () => {
    expect(select({})[customUrn]).not.toHaveProperty('notes');
    expect(select({ attributes: [`${customUrn}:notes`] })[customUrn]).toEqual({ grade: 'g', notes: 'n' });
    expect(select({ attributes: [`${customUrn}:contract.remark`] })[customUrn]).toEqual({
      grade: 'g',
      contract: { remark: 'r' },
    });
  });

  test('request: of a complex attribute only the part that is named or was written', () => {
    const paths = [`${customUrn}:review.note`];
    const expected = { grade: 'g', review: { note: 'n' } };
    expect(select({ attributes: paths })[customUrn]).toEqual(expected);
    expect(select({ written: paths })[customUrn]).toMatchObject(expected);
    expect(select({ written: paths })[customUrn]).not.toHaveProperty('review.by');
    expect(select({})[customUrn]).not.toHaveProperty('review');
  });

  test('request: where the request has written it', () => {
    const written = [`${customUrn}:notes`, `${customUrn}:contract.remark`];
    expect(select({ written })[customUrn]).toEqual({
      tags: ['a'],
      notes: 'n',
      grade: 'g',
      contract: { number: '1', remark: 'r' },
    });
    expect(select({ written, attributes: ['userName'] })).toEqual({ ...always, userName: 'bjensen' });
  });
});

describe('selecting', () => {
  const everyName = ({ attributes, type }: ResourceSchema) => [
    ...attributes.map(({ name }) => name),
    ...type.extensions.flatMap(({ schema }) => schema.attributes.map(({ name }) => `${schema.id}:${name}`)),
  ];
  const stored = bodies(users).map((body) => normaliseResource(body, users, standardProfile));

  test('every attribute by name gives the whole', () => {
    fc.assert(
      fc.property(stored, (resource) => {
        expect(selectAttributes(resource, users, { attributes: everyName(users) })).toEqual(resource);
      }),
      { numRuns: 50 },
    );
  });

  test('twice is selecting once, and what is left out and what is kept make the whole', () => {
    const names = fc.subarray(everyName(users));
    fc.assert(
      fc.property(stored, names, (resource, attributes) => {
        const kept = selectAttributes(resource, users, { attributes });
        expect(selectAttributes(kept, users, { attributes })).toEqual(kept);
        const rest = selectAttributes(resource, users, { excludedAttributes: attributes });
        for (const name of Object.keys(resource).filter((one) => !one.startsWith('urn:') && one !== 'schemas')) {
          expect([Object.hasOwn(kept, name), Object.hasOwn(rest, name)].filter(Boolean)).toHaveLength(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
