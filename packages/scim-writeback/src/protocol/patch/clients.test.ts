import { describe, expect, test } from 'vitest';
import type { ScimObject } from '../schemas/scim-value.ts';
import { enterprise, group, memberIds, patch, refusal, user, valuesOf } from './test-patches.ts';

const work = { value: 'jane@work.example', type: 'work', primary: true };

describe('scim.md 2.1, the tenant', () => {
  test('Sync Identities, update: replace of plain and dotted paths, and of lists as a whole', () => {
    const before = user({ emails: [work], name: { givenName: 'Jane' } });
    const { resource } = patch(before, [
      { op: 'replace', path: 'displayName', value: 'Jane Smith' },
      { op: 'replace', path: 'name.familyName', value: 'Smith' },
      { op: 'replace', path: 'emails', value: [{ value: 'new@work.example', primary: true }] },
      { op: 'replace', path: `${enterprise}:costCenter`, value: '42' },
    ]);
    expect(resource).toMatchObject({
      displayName: 'Jane Smith',
      name: { givenName: 'Jane', familyName: 'Smith' },
      emails: [{ value: 'new@work.example', primary: true }],
      [enterprise]: { costCenter: '42' },
    });
  });

  test.each([
    ['userName', 'joan'],
    ['emails', [{ value: 'a@b.example', primary: true }]],
    ['displayName', 'Joan'],
    ['title', 'Boss'],
    ['nickName', 'J'],
    ['externalId', 'x-1'],
    ['phoneNumbers', [{ value: '1', type: 'work' }]],
    ['addresses', [{ formatted: 'Ulm', type: 'work' }]],
    ['ims', [{ value: 'j', type: 'xmpp' }]],
    ['photos', [{ value: 'https://example.com/j.png', type: 'photo' }]],
    ['locale', 'de-DE'],
    ['preferredLanguage', 'de'],
    ['profileUrl', 'https://example.com/j'],
    ['timezone', 'Europe/Berlin'],
    ['userType', 'employee'],
    ['name.formatted', 'Joan Doe'],
    ['name.familyName', 'Doe'],
    ['name.givenName', 'Joan'],
    ['name.middleName', 'A'],
  ])('Sync Identities, update: the attribute %s of its map', (path, value) => {
    const { resource } = patch(user(), [{ op: 'replace', path, value }]);
    const [name = '', sub] = path.split('.');
    expect(sub === undefined ? resource[name] : (resource[name] as ScimObject)[sub]).toEqual(value);
  });

  test('De-provision: replace active with false', () => {
    expect(patch(user(), [{ op: 'replace', path: 'active', value: false }]).resource).toEqual({
      ...user(),
      active: false,
    });
  });

  test('Manage Relationships, add: the member is appended, and twice is once', () => {
    const add = { op: 'add', path: 'members', value: [{ value: 'b' }] };
    const once = patch(group(['a']), [add]).resource;
    expect(memberIds(once)).toEqual(['a', 'b']);
    expect(patch(once, [add]).resource).toBe(once);
  });

  test('Manage Relationships, remove: only the named members go', () => {
    const staff = group(['a', 'b', 'c']);
    const remove = (...ids: readonly string[]) => ({
      op: 'remove',
      path: 'members',
      value: ids.map((value) => ({ value })),
    });
    expect(memberIds(patch(staff, [remove('b')]).resource)).toEqual(['a', 'c']);
    expect(memberIds(patch(staff, [remove('a', 'c')]).resource)).toEqual(['b']);
    expect(patch(staff, [remove('nobody')]).resource).toBe(staff);
    expect(patch(staff, [remove()]).resource).toBe(staff);
  });
});

describe('scim.md 3.1, Entra ID', () => {
  test('Update: capital operations on value paths, one for each attribute', () => {
    const { resource } = patch(user({ emails: [work] }), [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      { op: 'Replace', path: 'addresses[type eq "work"].streetAddress', value: 'Street 1' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Sales' },
      { op: 'Remove', path: 'title' },
    ]);
    expect(resource).toMatchObject({
      emails: [{ ...work, value: 'new' }],
      phoneNumbers: [{ type: 'mobile', value: '1' }],
      addresses: [{ type: 'work', streetAddress: 'Street 1' }],
      [enterprise]: { department: 'Sales' },
    });
  });

  test('Add to a type that is not there: the entry is made, and two Adds make one', () => {
    const { resource } = patch(user({ emails: [work] }), [
      { op: 'Add', path: 'emails[type eq "other"].value', value: 'other@example.com' },
      { op: 'Add', path: 'emails[type eq "other"].display', value: 'Other' },
    ]);
    expect(resource.emails).toEqual([work, { type: 'other', value: 'other@example.com', display: 'Other' }]);
  });

  test.each([
    ['Disable', 'False', false],
    ['Disable with the flag', false, false],
    ['Enable', 'True', true],
    ['Restore', true, true],
  ])('%s: active %j', (_row, value, active) => {
    const { resource } = patch(user({ active: !active }), [{ op: 'Replace', path: 'active', value }]);
    expect(resource.active).toBe(active);
  });

  test('Disable: a string is refused where the profile does not coerce', () => {
    const operation = { op: 'Replace', path: 'active', value: 'False' };
    expect(refusal(() => patch(user(), [operation], { stringBooleans: 'reject' }))).toBe('400 invalidValue');
  });

  test('Manager: set with a bare id, changed with a list, cleared with "" or Remove', () => {
    const path = `${enterprise}:manager`;
    const set = patch(user(), [{ op: 'Add', path, value: 'm1' }]).resource;
    expect(set[enterprise]).toEqual({ manager: { value: 'm1' } });
    const changed = patch(set, [
      { op: 'Replace', path, value: [{ $ref: 'https://example.com/m2', value: 'm2' }] },
    ]).resource;
    expect(changed[enterprise]).toEqual({ manager: { value: 'm2', $ref: 'https://example.com/m2' } });
    expect(enterprise in patch(changed, [{ op: 'Replace', path, value: '' }]).resource).toBe(false);
    expect(enterprise in patch(changed, [{ op: 'Remove', path }]).resource).toBe(false);
  });

  test('Flag mode: one replace without a path, with dotted names, URNs and value paths', () => {
    const { resource } = patch(user({ emails: [work] }), [
      {
        op: 'replace',
        value: {
          active: false,
          'name.givenName': 'Joan',
          'name.familyName': 'Smith',
          'emails[type eq "work"].value': 'new',
          [`${enterprise}:department`]: 'Tours',
          [`${enterprise}:manager`]: 'm1',
        },
      },
    ]);
    expect(resource).toMatchObject({
      active: false,
      name: { givenName: 'Joan', familyName: 'Smith' },
      emails: [{ ...work, value: 'new' }],
      [enterprise]: { department: 'Tours', manager: { value: 'm1' } },
    });
  });

  test('Members add: several, with $ref null', () => {
    const value = [
      { $ref: null, value: 'b' },
      { $ref: null, value: 'c' },
    ];
    const { resource } = patch(group(['a']), [{ op: 'Add', path: 'members', value }]);
    expect(resource.members).toEqual([{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
  });

  test('Members remove, default: only those of the list go', () => {
    const value = [{ $ref: null, value: 'b' }];
    expect(memberIds(patch(group(['a', 'b']), [{ op: 'Remove', path: 'members', value }]).resource)).toEqual(['a']);
  });

  test('Members remove, flag: members[value eq "id"]', () => {
    expect(memberIds(patch(group(['a', 'b']), [{ op: 'remove', path: 'members[value eq "b"]' }]).resource)).toEqual([
      'a',
    ]);
  });

  test('Rename: Replace of userName', () => {
    expect(patch(user(), [{ op: 'Replace', path: 'userName', value: 'joan' }]).resource.userName).toBe('joan');
  });

  test('Validator: several operations on one attribute in order, and the removal of an unset one', () => {
    const { resource } = patch(user(), [
      { op: 'add', path: 'title', value: 'a' },
      { op: 'replace', path: 'title', value: 'b' },
      { op: 'remove', path: 'nickName' },
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'title', value: 'c' },
    ]);
    expect(resource).toEqual({ ...user(), title: 'c' });
  });

  test('Validation of 2026: "" and then null leave an attribute empty', () => {
    const titled = user({ title: 'Clerk' });
    expect(patch(titled, [{ op: 'Replace', path: 'title', value: '' }]).resource.title ?? '').toBe('');
    expect('title' in patch(titled, [{ op: 'Replace', path: 'title', value: null }]).resource).toBe(false);
  });

  test('Values are kept as they are sent', () => {
    const value = [{ value: '+49 (0)731 / 12-34', type: 'work' }];
    expect(patch(user(), [{ op: 'Add', path: 'phoneNumbers', value }]).resource.phoneNumbers).toEqual(value);
  });
});

describe('scim.md 3.2, Okta', () => {
  test('Update, OIN apps: a replace of active without a path', () => {
    expect(patch(user(), [{ op: 'replace', value: { active: false } }]).resource.active).toBe(false);
  });

  test('Update, OIN apps: a password is taken and goes no further, or is handed on', () => {
    const operation = { op: 'replace', value: { password: 'Secret-1' } };
    expect(patch(user(), [operation]).changed).toBe(false);
    expect(patch(user(), [operation], { passwords: 'keep' }).resource.password).toBe('Secret-1');
  });

  test('Group rename (OIN): a replace of id and displayName without a path', () => {
    const staff = group(['a']);
    const { resource } = patch(staff, [{ op: 'replace', value: { id: 'g1', displayName: 'Crew' } }]);
    expect(resource).toEqual({ ...staff, displayName: 'Crew' });
    expect(patch(staff, [{ op: 'replace', value: { id: 'g1', displayName: 'Staff' } }]).resource).toBe(staff);
  });

  test('Membership (OIN): one member goes and others come in one PATCH', () => {
    const { resource } = patch(group(['a', 'b']), [
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'add', path: 'members', value: [{ value: 'c', display: 'carl@example.com' }] },
    ]);
    expect(memberIds(resource)).toEqual(['b', 'c']);
  });

  test('Membership (OIN): a full replace', () => {
    const value = [{ value: 'b' }, { value: 'c' }, { value: 'c' }];
    const { resource } = patch(group(['a', 'b']), [{ op: 'replace', path: 'members', value }]);
    expect(valuesOf(resource, 'members')).toEqual([{ value: 'b' }, { value: 'c' }]);
  });
});

describe('scim.md 3.3, others', () => {
  test('Keycloak sends all members again: no change', () => {
    const staff = group(['a', 'b', 'c']);
    const value = ['c', 'b', 'a'].map((id) => ({ value: id }));
    expect(patch(staff, [{ op: 'add', path: 'members', value }]).resource).toBe(staff);
    expect(patch(staff, [{ op: 'replace', path: 'members', value }]).resource).toBe(staff);
  });
});
