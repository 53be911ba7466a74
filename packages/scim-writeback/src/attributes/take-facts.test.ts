import { expect, test } from 'vitest';
import { fromLocalUser } from './local-user.ts';
import { takeFacts } from './take-facts.ts';
import { enterpriseUrn, users } from './test-mapping.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const current = {
  schemas: [core, enterpriseUrn],
  userName: 'jane',
  active: true,
  name: { givenName: 'Jane', honorificPrefix: 'Dr.' },
  emails: [{ value: 'jane@x.org', type: 'work', primary: true }],
  roles: [{ value: 'admin' }],
  [enterpriseUrn]: { department: 'R&D' },
};

const base = fromLocalUser(
  { name: 'janet', is_active: false, email: 'j@y.org', identities: ['j@y.org', 'jane@x.org'] },
  users,
).attributes;

test('what is not named stays, and so does what a payload cannot say', () => {
  expect(takeFacts(current, base, ['active', 'emails'], users)).toEqual({
    ...current,
    active: false,
    emails: [
      { value: 'j@y.org', primary: true },
      { value: 'jane@x.org', type: 'work' },
    ],
  });
});

test('what the other state has not is taken away, and the URN of an extension with its last attribute', () => {
  const { [enterpriseUrn]: _, ...rest } = current;
  expect(takeFacts(current, base, ['name.givenName', `${enterpriseUrn}:department`], users)).toEqual({
    ...rest,
    schemas: [core],
    name: { honorificPrefix: 'Dr.' },
  });
});

test('the resource itself does not change', () => {
  const before = structuredClone(current);
  takeFacts(current, base, ['name.givenName', 'emails', 'userName'], users);
  expect(current).toEqual(before);
});

test('a path that no schema has is a mistake of the caller', () => {
  expect(() => takeFacts(current, base, ['__proto__'], users)).toThrow(TypeError);
});
