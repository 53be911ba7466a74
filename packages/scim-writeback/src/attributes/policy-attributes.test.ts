import type { PropertyValue } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { fromLocalUser, toLocalUser } from './local-user.ts';
import { policyAttributes } from './policy-attributes.ts';
import { policyToPatch, policyToUser } from './policy-requests.ts';
import { users } from './test-mapping.ts';

const list = (...values: object[]) => values;
const phones = list({ value: '+1 555 0100', type: 'work' }, { value: '+1 555 0101', type: 'mobile', primary: true });
const addresses = list({ streetAddress: '1 Main St', locality: 'Oslo', country: 'NO', type: 'work' });
const ims = list({ value: 'jane', type: 'xmpp' });
const photos = list({ value: 'https://example.com/jane.png', type: 'photo' });

/** "Mapping OAA to SCIM": name, SCIM path, what a policy gives, what SCIM has, what a payload has as custom property. */
const rows: readonly [name: string, path: string, given: unknown, scim: unknown, property?: PropertyValue][] = [
  ['user_name', 'userName', 'jane.doe', 'jane.doe'],
  ['emails', 'emails', 'jane@example.com', list({ value: 'jane@example.com', primary: true })],
  ['display_name', 'displayName', 'Jane Doe', 'Jane Doe', 'Jane Doe'],
  ['title', 'title', 'Engineer', 'Engineer', 'Engineer'],
  ['nick_name', 'nickName', 'Janie', 'Janie', 'Janie'],
  ['external_id', 'externalId', 'E-1', 'E-1', 'E-1'],
  ['phone_numbers', 'phoneNumbers', JSON.stringify(phones), phones, JSON.stringify(phones)],
  ['addresses', 'addresses', JSON.stringify(addresses), addresses, JSON.stringify(addresses)],
  ['ims', 'ims', JSON.stringify(ims), ims, JSON.stringify(ims)],
  ['photos', 'photos', JSON.stringify(photos), photos, JSON.stringify(photos)],
  ['locale', 'locale', 'nb-NO', 'nb-NO', 'nb-NO'],
  ['preferred_language', 'preferredLanguage', 'nb', 'nb', 'nb'],
  ['profile_url', 'profileUrl', 'https://example.com/jane', 'https://example.com/jane', 'https://example.com/jane'],
  ['timezone', 'timezone', 'Europe/Oslo', 'Europe/Oslo', 'Europe/Oslo'],
  ['user_type', 'userType', 'Employee', 'Employee', 'Employee'],
  ['formatted_name', 'name.formatted', 'Ms. Jane Doe', 'Ms. Jane Doe', 'Ms. Jane Doe'],
  ['family_name', 'name.familyName', 'Doe', 'Doe', 'Doe'],
  ['given_name', 'name.givenName', 'Jane', 'Jane', 'Jane'],
  ['middle_name', 'name.middleName', 'Q', 'Q', 'Q'],
];

test('the table is that of the requirements, in its order', () => {
  expect(policyAttributes).toEqual(rows.map(([name, path]) => ({ name, path })));
});

describe.each(rows)('%s is %s', (name, path, given, scim, property) => {
  const body = policyToUser({ user_name: 'jane.doe', [name]: given }, users.schema);

  test('when the tenant creates a user', () => {
    const [attribute = '', sub] = path.split('.');
    expect(body[attribute]).toEqual(sub === undefined ? scim : { [sub]: scim });
  });

  test('when the tenant updates a user, replaced by its own path', () => {
    expect(policyToPatch({ [name]: given }, users.schema)).toEqual([{ op: 'replace', path, value: scim }]);
  });

  test('in the payload and back', () => {
    const { user, diagnostics } = toLocalUser({ attributes: body }, users);
    expect(diagnostics).toEqual([]);
    expect(user).toEqual({
      name: 'jane.doe',
      is_active: true,
      ...(name === 'emails' && { email: 'jane@example.com', identities: ['jane@example.com'] }),
      ...(property !== undefined && { custom_properties: { [name]: property } }),
    });
    expect(fromLocalUser(user, users).attributes).toEqual(body);
  });
});

test('what is a custom property is a STRING', () => {
  const strings = rows.filter(([, , , , property]) => property !== undefined).map(([name]) => [name, 'STRING']);
  expect(users.definitions).toMatchObject(Object.fromEntries(strings));
});
