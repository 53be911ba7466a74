import type { WireUser } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import { attributeMapping } from './attribute-mapping.ts';
import { comparableLocalUser } from './comparable.ts';
import { fromLocalGroup, toLocalGroup } from './local-group.ts';
import { fromLocalUser } from './local-user.ts';
import { overlayGroup, overlayUser } from './overlay.ts';
import { customGroups, customUrn, groups, users } from './test-mapping.ts';

const base: WireUser = {
  id: 'u1',
  name: 'jane',
  email: 'jane@x.org',
  identities: ['CORP\\jane', 'jane@x.org'],
  groups: ['staff'],
  is_active: true,
  created_at: '2020-02-02T00:00:00+02:00',
  last_login_at: '2026-01-31T09:00:00Z',
  user_type: 'human',
  custom_properties: { Title: 'Engineer', region: 'EU', phone_numbers: 'ext. 5' },
};

/** What is published of the user when SCIM has changed it since it was seeded. */
function published(change: object): WireUser {
  const { attributes } = fromLocalUser(base, users);
  const state = { attributes: { ...attributes, ...change } as ScimObject, created: '2026-01-01T00:00:00Z' };
  return overlayUser(base, state, users).user;
}

test('a user that SCIM never changed is published as it was extracted', () => {
  expect(published({})).toEqual(base);
});

test('types of addresses, which a payload has not, change nothing', () => {
  expect(published({ emails: [{ value: 'jane@x.org', type: 'work', primary: true }] })).toEqual(base);
});

describe('a change by SCIM', () => {
  test('of one attribute changes that one, in the spelling of the base', () => {
    expect(published({ title: 'Lead' })).toEqual({
      ...base,
      custom_properties: { ...base.custom_properties, Title: 'Lead' },
    });
  });

  test('that unassigns an attribute takes the property away', () => {
    expect(published({ title: undefined }).custom_properties).toEqual({ region: 'EU', phone_numbers: 'ext. 5' });
  });

  test('that deactivates is published', () => {
    expect(published({ active: false })).toEqual({ ...base, is_active: false });
  });

  test('of addresses leaves the identities that are none', () => {
    expect(published({ emails: [{ value: 'j.doe@x.org' }] })).toEqual({
      ...base,
      email: 'j.doe@x.org',
      identities: ['j.doe@x.org', 'CORP\\jane'],
    });
  });

  test('that takes all addresses away leaves the identities that are none', () => {
    const { email: _, ...rest } = base;
    expect(published({ emails: undefined })).toEqual({ ...rest, identities: ['CORP\\jane'] });
  });

  test('of an attribute that the base had in a form of its own replaces it', () => {
    expect(published({ phoneNumbers: [{ value: '+1' }] }).custom_properties).toMatchObject({
      phone_numbers: '[{"value":"+1"}]',
    });
  });

  test('to a value that is too long leaves no old one behind', () => {
    expect(published({ title: 'x'.repeat(4097) }).custom_properties).toEqual({ region: 'EU', phone_numbers: 'ext. 5' });
  });
});

test('of two spellings of a property the first counts, and both go with it', () => {
  const extracted = { name: 'jane', custom_properties: { TITLE: 'Engineer', title: 'Lead' } };
  const { attributes } = fromLocalUser(extracted, users);
  expect(attributes.title).toBe('Engineer');
  expect(overlayUser(extracted, { attributes }, users).user).toEqual(extracted);
  expect(overlayUser(extracted, { attributes: { userName: 'jane' } }, users).user).toEqual({ name: 'jane' });
  const said = comparableLocalUser(extracted, users).texts;
  expect(said.get('title')).toBe('Engineer');
});

test('a property that is called like a part of every object is like any other', () => {
  const mapping = attributeMapping(users.schema, { propertyNames: { title: 'constructor' } });
  const extracted = { name: 'jane', custom_properties: { constructor: 'Engineer' } };
  const { attributes } = fromLocalUser(extracted, mapping);
  expect(attributes.title).toBe('Engineer');
  expect(overlayUser(extracted, { attributes }, mapping).user).toEqual(extracted);
  expect(overlayUser(extracted, { attributes: { userName: 'jane' } }, mapping).user).toEqual({ name: 'jane' });
});

test('created_at is that of the base; where it has none, that of the directory', () => {
  const { created_at: _, ...without } = base;
  const state = { ...fromLocalUser(without, users), created: '2026-01-01T00:00:00Z' };
  expect(overlayUser(without, state, users).user.created_at).toBe('2026-01-01T00:00:00Z');
  expect(overlayUser(without, { attributes: state.attributes }, users).user).toEqual(without);
});

describe('groups', () => {
  const attributes = {
    displayName: 'Staff',
    externalId: 'G-1',
    [customUrn]: { payGrade: 7 },
    members: [{ value: 'x' }],
  };

  test('are groups of a payload by name, time of creation and properties', () => {
    expect(toLocalGroup({ attributes, created: '2026-01-31T09:00:00' }, customGroups)).toEqual({
      group: {
        name: 'Staff',
        created_at: '2026-01-31T09:00:00.000Z',
        custom_properties: { external_id: 'G-1', pay_grade: 7 },
      },
      diagnostics: [],
    });
  });

  test('without displayName are an error', () => {
    expect(toLocalGroup({ attributes: {} }, groups).diagnostics).toMatchObject([
      { severity: 'error', code: 'empty-value', path: '$.displayName' },
    ]);
  });

  test('come back', () => {
    const { group } = toLocalGroup({ attributes, created: '2026-01-31T09:00:00' }, customGroups);
    const { attributes: back, created } = fromLocalGroup(group, customGroups);
    expect(created).toBe('2026-01-31T09:00:00');
    expect(back).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', customUrn],
      displayName: 'Staff',
      externalId: 'G-1',
      [customUrn]: { payGrade: 7 },
    });
  });

  test('are published as they were extracted, but for what SCIM changed', () => {
    const extracted = {
      id: 'g1',
      name: 'Staff',
      identities: ['idp-group'],
      groups: ['all'],
      created_at: '2020-02-02T00:00:00Z',
    };
    const { attributes: seeded } = fromLocalGroup(extracted, groups);
    expect(overlayGroup(extracted, { attributes: seeded }, groups).group).toEqual(extracted);
    const renamed = { attributes: { ...seeded, displayName: 'Crew', externalId: 'G-1' } };
    expect(overlayGroup(extracted, renamed, groups).group).toEqual({
      ...extracted,
      name: 'Crew',
      custom_properties: { external_id: 'G-1' },
    });
  });
});
