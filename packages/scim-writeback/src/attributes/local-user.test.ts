import { hasErrors, validate, type WireUser } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { standardProfile } from '../protocol/profile.ts';
import { normaliseResource } from '../protocol/resource/normalise-resource.ts';
import { fromLocalUser, toLocalUser } from './local-user.ts';
import { customUrn, customUsers, enterpriseUrn, users } from './test-mapping.ts';

const urn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const stored = (body: object, mapping = users) =>
  normaliseResource({ schemas: [urn], userName: 'jane', ...body }, mapping.schema, standardProfile);
const properties = (body: object, mapping = users) =>
  toLocalUser({ attributes: stored(body, mapping) }, mapping).user.custom_properties;
const extracted = (custom_properties: object): WireUser => ({
  name: 'jane',
  custom_properties: custom_properties as NonNullable<WireUser['custom_properties']>,
});

describe('created_at', () => {
  test.each([
    ['2026-01-31T09:00:00.5', '2026-01-31T09:00:00.500Z'],
    ['2026-01-31T09:00:00+02:00', '2026-01-31T09:00:00+02:00'],
    ['2026-01-31T09:00:00.12345678901Z', '2026-01-31T09:00:00.123456789Z'],
    ['2026-01-31T24:00:00Z', '2026-02-01T00:00:00.000Z'],
  ])('is for %s %s', (created, expected) => {
    expect(toLocalUser({ attributes: stored({}), created }, users).user.created_at).toBe(expected);
  });

  test('is left out with a warning where it is no time', () => {
    const { user, diagnostics } = toLocalUser({ attributes: stored({}), created: 'yesterday' }, users);
    expect(user).not.toHaveProperty('created_at');
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'bad-timestamp', path: '$.meta.created' }]);
  });

  test('becomes the instant of a directory', () => {
    const user = { name: 'jane', created_at: '2026-01-31t11:00:00.50+02:00' };
    expect(fromLocalUser(user, users).created).toBe('2026-01-31T09:00:00.5');
  });

  test('stays in the payload with a warning where it is a leap second', () => {
    const { created, diagnostics } = fromLocalUser({ name: 'jane', created_at: '2016-12-31T23:59:60Z' }, users);
    expect(created).toBeUndefined();
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'bad-timestamp', path: '$.created_at' }]);
  });
});

describe('a text', () => {
  test('of 4,096 bytes is a property', () => {
    expect(properties({ title: 'é'.repeat(2048) })).toEqual({ title: 'é'.repeat(2048) });
  });

  test('of more is left out with a warning that names user and attribute, never cut', () => {
    const { user, diagnostics } = toLocalUser({ attributes: stored({ title: `${'é'.repeat(2048)}!` }) }, users);
    expect(user).not.toHaveProperty('custom_properties');
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        code: 'too-long',
        path: '$.title',
        message: 'title of "jane" has more than 4,096 bytes as text; the property "title" is left out.',
      },
    ]);
  });

  test('that is empty is no property', () => {
    expect(properties({ title: '', name: { middleName: '' } })).toBeUndefined();
  });
});

describe('a text of a payload that no directory keeps, or that would not come back, stays there:', () => {
  test.each([
    ['a null character', 'title', 'a\0'],
    ['half a surrogate pair', 'title', 'a\ud800'],
    ['more than 4,096 bytes', 'title', 'x'.repeat(4097)],
    ['a text with a space for a reference', 'profile_url', 'no url'],
    ['a decimal in another spelling', 'ratio', '0.50'],
    ['a whole number in another spelling', 'floors', ['1', '02']],
    ['a number that is no whole one', 'pay_grade', 7.5],
    ['a word for a boolean', 'remote', 'true'],
    ['a leap second', 'hired', '2016-12-31T23:59:60Z'],
  ])('%s', (_case, name, value) => {
    const { attributes, diagnostics } = fromLocalUser(extracted({ [name]: value }), customUsers);
    expect(attributes).toEqual({ schemas: [urn], userName: 'jane' });
    expect(diagnostics).toMatchObject([{ severity: 'warning', path: `$.custom_properties.${name}` }]);
  });
});

describe('a list of complex values', () => {
  test('is JSON with the parts in the order of the schema', () => {
    const phoneNumbers = [{ type: 'work', primary: true, value: '+1' }];
    expect(properties({ phoneNumbers })).toEqual({ phone_numbers: '[{"value":"+1","type":"work","primary":true}]' });
  });

  test('is left out as a whole where its JSON is too long', () => {
    const photos = Array.from({ length: 1000 }, (_, index) => ({ value: `https://example.com/${index}` }));
    const { user, diagnostics } = toLocalUser({ attributes: stored({ photos }) }, users);
    expect(user).not.toHaveProperty('custom_properties');
    expect(diagnostics).toMatchObject([{ code: 'too-long', path: '$.photos' }]);
  });

  test.each([
    ['no JSON', 'home: 555 0100'],
    ['no list', '{"value":"+1"}'],
    ['a list of texts', '["+1"]'],
    ['parts that SCIM does not know', '[{"number":"+1"}]'],
    ['parts in another spelling', '[{"Value":"+1"}]'],
    ['a part of another type', '[{"value":1}]'],
    ['the same value twice', '[{"value":"+1"},{"value":"+1"}]'],
    ['a part that reaches what objects share', '[{"value":"+1","__proto__":{"value":"x"}}]'],
    ['lists within lists', `${'['.repeat(2000)}${']'.repeat(2000)}`],
  ])('that a connector wrote as %s stays in the payload', (_case, text) => {
    const { attributes, diagnostics } = fromLocalUser(extracted({ phone_numbers: text }), users);
    expect(attributes).not.toHaveProperty('phoneNumbers');
    expect(diagnostics).toMatchObject([
      { severity: 'warning', code: 'property-type', path: '$.custom_properties.phone_numbers' },
    ]);
  });

  test('that a connector wrote with nulls and spaces is taken', () => {
    const user = extracted({ phone_numbers: '[ { "value": "+1", "type": null } ]' });
    expect(fromLocalUser(user, users).attributes.phoneNumbers).toEqual([{ value: '+1' }]);
  });
});

describe('attributes of extensions', () => {
  const data = {
    payGrade: 7,
    ratio: 0.5,
    hired: '2026-01-31T09:00:00',
    badge: 'AAAA',
    remote: false,
    page: 'https://example.com/x',
    skills: ['SQL', 'TypeScript'],
    floors: [1, 2],
    contract: { number: 'C-1', secret: 's3cret' },
    cards: [{ value: '4711', pin: '0000' }],
    pin: '1234',
    token: 't0ken',
  };

  test('are properties of their type; secrets are none', () => {
    expect(properties({ [customUrn]: data }, customUsers)).toEqual({
      pay_grade: 7,
      ratio: '0.5',
      hired: '2026-01-31T09:00:00.000Z',
      badge: 'AAAA',
      remote: false,
      page: 'https://example.com/x',
      skills: ['SQL', 'TypeScript'],
      floors: ['1', '2'],
      contract_number: 'C-1',
      cards: '[{"value":"4711"}]',
    });
  });

  test('with nothing but secrets are no properties', () => {
    expect(
      properties({ [customUrn]: { cards: [{ pin: '0000' }], contract: { secret: 'x' } } }, customUsers),
    ).toBeUndefined();
  });

  test('of the enterprise extension have plain names; the manager is an id', () => {
    const enterprise = {
      department: 'R&D',
      employeeNumber: '0042',
      manager: { value: '26118915', $ref: '../Users/26118915' },
    };
    expect(properties({ [enterpriseUrn]: enterprise })).toEqual({
      department: 'R&D',
      employee_number: '0042',
      manager: '26118915',
    });
  });

  test('come back with their URN in schemas', () => {
    expect(fromLocalUser(extracted({ DEPARTMENT: 'R&D', manager: '1' }), users).attributes).toEqual({
      schemas: [urn, enterpriseUrn],
      userName: 'jane',
      [enterpriseUrn]: { department: 'R&D', manager: { value: '1' } },
    });
  });

  test('that were stored before the schema gave them another type are left out with a warning', () => {
    const attributes = { userName: 'jane', [customUrn]: { payGrade: 'seven' } };
    const { user, diagnostics } = toLocalUser({ attributes }, customUsers);
    expect(user).toEqual({ name: 'jane' });
    expect(diagnostics).toMatchObject([{ code: 'property-type', path: `$['${customUrn}'].payGrade` }]);
  });
});

test('properties of other names stay in the payload, also where objects share the name', () => {
  const user = extracted(JSON.parse('{"__proto__":"x","constructor":"x","toString":"x","region":"EU"}'));
  expect(fromLocalUser(user, users)).toMatchObject({
    attributes: { schemas: [urn], userName: 'jane' },
    diagnostics: [],
  });
});

test.each([
  ['is longer than an index takes', 'x'.repeat(1025)],
  ['is blank', ' '],
  ['is no Unicode', 'jane\ud800'],
])('a name that %s is an error: no user of that name can be in a directory', (_case, name) => {
  const { attributes, diagnostics } = fromLocalUser({ name }, users);
  expect(attributes).not.toHaveProperty('userName');
  expect(diagnostics).toMatchObject([{ severity: 'error', code: 'bad-value', path: '$.userName' }]);
});

test.each([[{}], [{ userName: ' ' }]])('a user without userName is an error: %j', (attributes) => {
  const { user, diagnostics } = toLocalUser({ attributes }, users);
  expect(user).toEqual({ name: '' });
  expect(diagnostics).toMatchObject([{ severity: 'error', code: 'empty-value', path: '$.userName' }]);
});

test('an e-mail address that is none is told, by its place and not by its text', () => {
  const { diagnostics } = toLocalUser(
    { attributes: stored({ emails: [{ value: 'a@x.org' }, { value: 'admin' }] }) },
    users,
  );
  expect(diagnostics).toEqual([
    {
      severity: 'warning',
      code: 'bad-value',
      path: '$.emails[1].value',
      message: 'An e-mail address of "jane" is none; it becomes no identity.',
    },
  ]);
});

test('what users say is a payload that validates', () => {
  const body = {
    active: false,
    emails: [{ value: 'jane@example.com' }],
    displayName: 'Jane',
    ims: [{ value: 'jane' }],
    [customUrn]: { payGrade: 7, hired: '2026-01-31T09:00:00', remote: true, skills: ['SQL'] },
  };
  const { user } = toLocalUser({ attributes: stored(body, customUsers), created: '2026-01-31T09:00:00' }, customUsers);
  const payload = {
    custom_property_definition: {
      applications: [{ application_type: 'Shop', local_user_properties: customUsers.definitions }],
    },
    applications: [{ name: 'Shop', application_type: 'Shop', local_users: [user] }],
  };
  expect(hasErrors(validate(payload))).toBe(false);
});
