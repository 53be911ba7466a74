import { InputError } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { applyPatch } from '../protocol/patch/apply-patch.ts';
import { standardProfile } from '../protocol/profile.ts';
import { normaliseResource } from '../protocol/resource/normalise-resource.ts';
import { policyToPatch, policyToUser } from './policy-requests.ts';
import { customUrn, customUsers, enterpriseUrn, users } from './test-mapping.ts';

const { schema } = users;

/** Codes of all problems, by the place of each. */
function problems(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
}

test('a new user is what the requirements show', () => {
  const given = {
    user_name: 'jane.doe',
    given_name: 'Jane',
    family_name: 'Doe',
    formatted_name: 'Jane Doe',
    emails: 'jane.doe@example.com',
  };
  expect(policyToUser(given, schema)).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'jane.doe',
    name: { givenName: 'Jane', familyName: 'Doe', formatted: 'Jane Doe' },
    emails: [{ value: 'jane.doe@example.com', primary: true }],
    active: true,
  });
});

describe('several values may be', () => {
  const two = [{ value: 'a@x.org', primary: true }, { value: 'b@x.org' }];
  test.each([
    ['a list of texts', ['a@x.org', 'b@x.org'], two],
    ['a list of objects, also in other spellings', [{ VALUE: 'a@x.org' }, { value: 'b@x.org' }], two],
    ['JSON', ' ["a@x.org", {"value":"b@x.org"}]', two],
    ['one object', { value: 'a@x.org' }, [{ value: 'a@x.org', primary: true }]],
    [
      'with a primary one of their own',
      [{ value: 'a@x.org' }, { value: 'b@x.org', primary: true }],
      [{ value: 'a@x.org' }, { value: 'b@x.org', primary: true }],
    ],
    [
      'with one that shall not be primary',
      [{ value: 'a@x.org', primary: false }],
      [{ value: 'a@x.org', primary: false }],
    ],
  ])('%s', (_case, emails, value) => {
    expect(policyToPatch({ emails }, schema)).toEqual([{ op: 'replace', path: 'emails', value }]);
  });

  test('one text, of attributes other than e-mail addresses too', () => {
    const patch = policyToPatch({ phone_numbers: '+1 555 0100' }, schema);
    expect(patch).toEqual([{ op: 'replace', path: 'phoneNumbers', value: [{ value: '+1 555 0100' }] }]);
  });
});

describe('attributes of extensions', () => {
  test('go by URN, in any case, into their extension', () => {
    const given = {
      user_name: 'jane',
      [`${enterpriseUrn}:DEPARTMENT`]: 'R&D',
      [`${enterpriseUrn}:manager.value`]: '7',
    };
    expect(policyToUser(given, schema)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUrn],
      userName: 'jane',
      active: true,
      [enterpriseUrn]: { department: 'R&D', manager: { value: '7' } },
    });
    expect(policyToPatch(given, schema)).toEqual([
      { op: 'replace', path: 'userName', value: 'jane' },
      { op: 'replace', path: `${enterpriseUrn}:department`, value: 'R&D' },
      { op: 'replace', path: `${enterpriseUrn}:manager.value`, value: '7' },
    ]);
  });

  test('take the texts of a policy for what they are', () => {
    const texts = { payGrade: '7', remote: 'true', ratio: '0.5', hired: '2026-01-31T09:00:00Z', skills: '["SQL"]' };
    const given = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${customUrn}:${name}`, text]));
    expect(policyToPatch(given, customUsers.schema).map(({ value }) => value)).toEqual([
      7,
      true,
      0.5,
      '2026-01-31T09:00:00Z',
      ['SQL'],
    ]);
  });
});

describe('a value that is', () => {
  test.each([[null], [''], [[]], ['[]']])('%j unassigns', (phone_numbers) => {
    expect(policyToPatch({ phone_numbers }, schema)).toEqual([
      { op: 'remove', path: 'phoneNumbers', value: undefined },
    ]);
    expect(policyToUser({ user_name: 'jane', phone_numbers }, schema)).not.toHaveProperty('phoneNumbers');
  });

  test('undefined is not synchronised', () => {
    expect(policyToPatch({ title: undefined, locale: 'nb' }, schema)).toMatchObject([{ path: 'locale' }]);
  });
});

describe('refused, all at once, is', () => {
  test.each([
    [
      'what no policy sets',
      { active: false, password: 'x', roles: 'admin', groups: 'g', id: '1', userName: 'jane' },
      6,
    ],
    ['an attribute of the core schema by URN', { 'urn:ietf:params:scim:schemas:core:2.0:User:active': false }, 1],
    ['an attribute of an extension without URN', { department: 'R&D' }, 1],
    ['a part of several values', { [`${customUrn}:cards.value`]: 'x' }, 1],
    ['an attribute that only the service writes', { [`${enterpriseUrn}:manager.displayName`]: 'x' }, 1],
    ['a name that objects share', JSON.parse('{"__proto__":"x","constructor":"y"}'), 2],
  ])('%s', (_case, given, count) => {
    const found = problems(() => policyToPatch(given, customUsers.schema));
    expect(found).toHaveLength(count);
    expect(found.every((one) => one.startsWith('unknown-key '))).toBe(true);
  });

  test.each([
    ['a user name that is unassigned', { user_name: ' ' }, 'empty-value $.user_name'],
    ['JSON that is none', { addresses: '[{"locality":' }, 'json-syntax $.addresses'],
    ['a text for addresses', { addresses: '1 Main St' }, 'bad-value $.addresses'],
    ['a part that SCIM does not know', { ims: [{ number: 'x' }] }, 'bad-value $.ims'],
    [
      'two primary values',
      { photos: '[{"value":"a","primary":true},{"value":"b","primary":true}]' },
      'bad-value $.photos',
    ],
    ['a number for a text', { title: 7 }, 'bad-value $.title'],
    ['a text beyond all bounds', { title: 'x'.repeat(262_145) }, 'too-long $.title'],
    ['names that objects share', { ims: '[{"__proto__":{"value":"x"}}]' }, 'bad-value $.ims'],
  ])('%s', (_case, given, problem) => {
    expect(problems(() => policyToPatch(given, schema))).toEqual([problem]);
  });

  test('one attribute twice, also where one is a part of the other', () => {
    const department = `${enterpriseUrn}:department`;
    expect(problems(() => policyToPatch({ [department]: 'a', [department.toUpperCase()]: 'b' }, schema))).toHaveLength(
      1,
    );
    const manager = `${enterpriseUrn}:manager`;
    expect(problems(() => policyToPatch({ [manager]: '1', [`${manager}.value`]: '2' }, schema))).toHaveLength(1);
  });

  test('every problem there is', () => {
    expect(problems(() => policyToUser({ user_name: '', title: 7, nosuch: 'x' }, schema))).toEqual([
      'empty-value $.user_name',
      'bad-value $.title',
      'unknown-key $.nosuch',
    ]);
  });

  test('a name that nobody knows, with the nearest and all that there are', () => {
    const call = () => policyToUser({ user_name: 'x', Titel: 'y' }, schema);
    expect(call).toThrow('"Titel" is no attribute that a policy can set. Did you mean "title"?');
    expect(call).toThrow(expect.objectContaining({ hint: expect.stringMatching(/user_name.*by URN/) }));
  });

  test('a new user without user name', () => {
    expect(problems(() => policyToUser({ title: 'x' }, schema))).toEqual(['missing-key $.user_name']);
  });
});

test('an update leaves a service with the user that a creation would have made', () => {
  const given = {
    user_name: 'jane.doe',
    emails: ['jane@x.org', 'j@y.org'],
    phone_numbers: '[{"value":"+1","type":"work"}]',
    given_name: 'Jane',
    middle_name: '',
    [`${enterpriseUrn}:department`]: 'R&D',
  };
  const before = { ...policyToUser({ user_name: 'jane', middle_name: 'Q', emails: 'old@x.org' }, schema) };
  const stored = normaliseResource(before, schema, standardProfile);
  const { resource } = applyPatch(stored, policyToPatch(given, schema), schema, standardProfile);
  expect(resource).toEqual(normaliseResource(policyToUser(given, schema), schema, standardProfile));
});
