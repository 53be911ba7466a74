import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { ResourceSchema } from '../schemas/resource-schema.ts';
import { applyPatch } from './apply-patch.ts';
import { readPatch } from './read-patch.ts';
import {
  badge,
  coreUser,
  deepFreeze,
  enterprise,
  group,
  home,
  jane,
  memberIds,
  patch,
  patchBody,
  patchedJane,
  refusal,
  refusedForJane,
  strict,
  user,
  userSchema,
} from './test-patches.ts';

test.each(['add', 'replace', 'remove'])('#85 %s of a part of all values is 400 invalidPath', (op) => {
  expect(refusedForJane({ op, path: 'emails.value', value: 'x' })).toBe('400 invalidPath');
  expect(refusal(() => patch(group(['a']), [{ op, path: 'members.value', value: 'x' }]))).toBe('400 invalidPath');
});

test('#86 remove members[value eq "id"]: the member goes; nobody is missed who is not one', () => {
  const staff = group(['a', 'b', 'c']);
  expect(memberIds(patch(staff, [{ op: 'remove', path: 'members[value eq "b"]' }]).resource)).toEqual(['a', 'c']);
  expect(patch(staff, [{ op: 'remove', path: 'members[value eq "x"]' }]).resource).toBe(staff);
  // Requirements C quote ids in single quotes.
  expect(memberIds(patch(staff, [{ op: 'remove', path: "members[value eq 'b']" }]).resource)).toEqual(['a', 'c']);
});

test('#87 remove members[value eq "a" or value eq "b"]: both go', () => {
  const path = 'members[value eq "a" or value eq "b"]';
  expect(memberIds(patch(group(['a', 'b', 'c']), [{ op: 'remove', path }]).resource)).toEqual(['c']);
});

test('#87 remove members[value eq "a" and type eq "Group"]: both have to be so', () => {
  const nested = group([], {
    members: [
      { value: 'a', type: 'User' },
      { value: 'b', type: 'Group' },
    ],
  });
  const at = (id: string) => [{ op: 'remove', path: `members[value eq "${id}" and type eq "Group"]` }];
  expect(patch(nested, at('a')).resource).toBe(nested);
  expect(memberIds(patch(nested, at('b')).resource)).toEqual(['a']);
});

describe('#88 manager', () => {
  const path = `${enterprise}:manager`;
  const managerOf = (...operations: readonly unknown[]) =>
    (patchedJane(...operations)[enterprise] as Record<string, unknown>).manager;

  test.each([
    ['an object', { value: 'm2', displayName: 'ignored' }],
    ['a bare id', 'm2'],
    ['a list of one object', [{ $ref: null, value: 'm2' }]],
    ['a list of one id', ['m2']],
  ])('add and replace take %s', (_what, value) => {
    expect(managerOf({ op: 'add', path, value })).toEqual({ value: 'm2' });
    expect(managerOf({ op: 'replace', path, value })).toEqual({ value: 'm2' });
  });

  test.each([[''], [null], [[]], [{ value: '' }], [{ value: null }]])('replace with %j clears it', (value) => {
    expect(managerOf({ op: 'replace', path, value })).toBeUndefined();
  });

  test('remove clears it', () => {
    expect(managerOf({ op: 'remove', path })).toBeUndefined();
  });

  test('what pointed to the old manager does not stay with the new one', () => {
    const pointing = user({ [enterprise]: { manager: { value: 'm1', $ref: '../Users/m1' } } });
    const { resource } = patch(pointing, [{ op: 'replace', path, value: 'm2' }]);
    expect(resource[enterprise]).toEqual({ manager: { value: 'm2' } });
  });

  test('other shapes than one object are 400 invalidValue', () => {
    expect(refusedForJane({ op: 'add', path, value: [{ value: 'a' }, { value: 'b' }] })).toBe('400 invalidValue');
    expect(refusedForJane({ op: 'add', path, value: 'm2' }, strict)).toBe('400 invalidValue');
  });
});

test('#89 manager.value is set; manager.displayName is 400 mutability', () => {
  const result = patchedJane({ op: 'replace', path: `${enterprise}:manager.value`, value: 'm2' });
  expect(result[enterprise]).toMatchObject({ manager: { value: 'm2' } });
  expect(refusedForJane({ op: 'replace', path: `${enterprise}:manager.displayName`, value: 'M' })).toBe(
    '400 mutability',
  );
});

describe('#90 a whole extension', () => {
  test.each(['add', 'replace'])('%s merges', (op) => {
    expect(patchedJane({ op, path: enterprise, value: { division: 'West', department: null } })[enterprise]).toEqual({
      division: 'West',
      manager: { value: 'm1' },
    });
  });

  test('remove drops it', () => {
    const result = patchedJane({ op: 'remove', path: enterprise });
    expect(enterprise in result).toBe(false);
    expect(result.schemas).toEqual([coreUser]);
  });

  test('remove leaves what the service set, and is refused of one that is required', () => {
    const approved = deepFreeze({ ...user({ [badge]: { level: 1 } }), [badge]: { level: 1, approved: true } });
    expect(patch(approved, [{ op: 'remove', path: badge }]).resource[badge]).toEqual({ approved: true });
    const type = {
      ...userSchema.type,
      extensions: userSchema.type.extensions.map((extension) => ({ ...extension, required: true })),
    };
    const operations = readPatch(patchBody({ op: 'remove', path: enterprise }));
    expect(refusal(() => applyPatch(jane, operations, new ResourceSchema(type), standardProfile))).toBe(
      '400 mutability',
    );
  });

  test('null drops it', () => {
    expect(enterprise in patchedJane({ op: 'replace', value: { [enterprise]: null } })).toBe(false);
  });
});

describe('#91 the URN of the core schema changes nothing', () => {
  test.each(['title', 'name.givenName', 'emails[type eq "work"].value', 'emails[type eq "work"]', 'name'])(
    '%s',
    (path) => {
      const value = path === 'name' || path.endsWith(']') ? { formatted: 'F', value: 'v' } : 'x';
      const plain = patchedJane({ op: 'replace', path, value });
      expect(patchedJane({ op: 'replace', path: `${coreUser}:${path}`, value })).toEqual(plain);
      expect(patchedJane({ op: 'replace', path: `${coreUser.toUpperCase()}:${path}`, value })).toEqual(plain);
      expect(patchedJane({ op: 'remove', path: `${coreUser}:${path}` })).toEqual(patchedJane({ op: 'remove', path }));
    },
  );

  test('alone it stands for the resource', () => {
    expect(patchedJane({ op: 'add', path: coreUser, value: { title: 'Boss' } }).title).toBe('Boss');
    expect(refusedForJane({ op: 'remove', path: coreUser })).toBe('400 noTarget');
  });
});

test('#92 a filter behind a single complex attribute matches as if it were one of a list', () => {
  const at = (id: string) => `${enterprise}:manager[value eq "${id}"]`;
  expect(
    enterprise in
      patch(user({ [enterprise]: { manager: { value: 'm1' } } }), [{ op: 'remove', path: at('m1') }]).resource,
  ).toBe(false);
  expect(patch(jane, [{ op: 'remove', path: at('m2') }]).changed).toBe(false);
  expect(patchedJane({ op: 'replace', path: `${at('m1')}.value`, value: 'm3' })[enterprise]).toMatchObject({
    manager: { value: 'm3' },
  });
  expect(refusedForJane({ op: 'add', path: at('m2'), value: { $ref: 'x' } })).toBe('400 noTarget');
  expect(patch(user(), [{ op: 'add', path: at('m2'), value: { $ref: 'x' } }]).resource[enterprise]).toEqual({
    manager: { value: 'm2', $ref: 'x' },
  });
  expect(refusedForJane({ op: 'replace', path: 'title[value eq "Clerk"]', value: 'x' })).toMatch(
    /^400 invalid(Path|Filter)$/,
  );
});

describe('#93 null unassigns', () => {
  test.each([
    'title',
    'name',
    'name.givenName',
    'emails[type eq "work"].primary',
    `${enterprise}:manager`,
    `${enterprise}:manager.value`,
  ])('%s', (path) => {
    const removed = patchedJane({ op: 'remove', path });
    expect(patchedJane({ op: 'replace', path, value: null })).toEqual(removed);
    expect(patchedJane({ op: 'add', path, value: null })).toEqual(removed);
    expect(removed).not.toEqual(jane);
  });

  test('of a list, replace with null empties it, and add of null adds nothing', () => {
    expect('emails' in patchedJane({ op: 'replace', path: 'emails', value: null })).toBe(false);
    expect(patch(jane, [{ op: 'add', path: 'emails', value: null }]).changed).toBe(false);
    expect(patch(jane, [{ op: 'add', path: 'emails[type eq "work"]', value: null }]).changed).toBe(false);
    expect(patchedJane({ op: 'replace', path: 'emails[type eq "work"]', value: null }).emails).toEqual([home]);
    expect(patch(group(['a']), [{ op: 'add', path: 'members', value: null }]).changed).toBe(false);
  });

  test('in an object', () => {
    const result = patchedJane({
      op: 'replace',
      value: { title: null, name: { givenName: null }, phoneNumbers: null },
    });
    expect(result).toEqual(patchedJane({ op: 'remove', path: 'title' }, { op: 'remove', path: 'name.givenName' }));
  });
});

describe('#94 paths that cannot be read', () => {
  test.each([
    ['emails[0]', '400 invalidPath'],
    ['emails[0].value', '400 invalidPath'],
    ['emails[-1]', '400 invalidPath'],
    ['emails[*]', '400 invalidPath'],
    ['emails..value', '400 invalidPath'],
    ['.value', '400 invalidPath'],
    ['emails.', '400 invalidPath'],
    ['[type eq "work"]', '400 invalidPath'],
    ['name.givenName[value eq "x"]', '400 invalidPath'],
    ['emails[type eq "work"]value', '400 invalidPath'],
    ['emails[type eq "work"].value.x', '400 invalidPath'],
    ['emails[type eq "work"][value pr]', '400 invalidPath'],
    ['/emails/0/value', '400 invalidPath'],
    [`emails[${'x'.repeat(9_000)}]`, '400 invalidPath'],
    ['emails[]', '400 invalidFilter'],
    ['emails[type eq]', '400 invalidFilter'],
    ['emails[type xx "work"]', '400 invalidFilter'],
    ['emails[type eq "work"', '400 invalidFilter'],
    ['emails[type eq "work]', '400 invalidFilter'],
    ['emails[value[type eq "x"]]', '400 invalidFilter'],
    [`emails[${'('.repeat(30)}type pr${')'.repeat(30)}]`, '400 invalidFilter'],
    ['emails[primary gt true]', '400 invalidFilter'],
  ])('%s is %s', (path, expected) => {
    for (const op of ['add', 'replace', 'remove']) expect(refusedForJane({ op, path, value: 'x' })).toBe(expected);
  });

  test('brackets within strings are text', () => {
    const bracketed = user({ emails: [{ value: 'a]b[c"', type: 'work' }] });
    const path = 'emails[value eq "a]b[c\\""].display';
    expect(patch(bracketed, [{ op: 'add', path, value: 'D' }]).resource.emails).toEqual([
      { value: 'a]b[c"', type: 'work', display: 'D' },
    ]);
  });
});

describe('#95 schemas itself', () => {
  test('the base schema stays', () => {
    expect(refusedForJane({ op: 'remove', path: 'schemas' })).toBe('400 mutability');
    expect(refusedForJane({ op: 'remove', path: 'schemas', value: [coreUser] })).toBe('400 mutability');
    expect(refusedForJane({ op: 'replace', path: 'schemas', value: [enterprise] })).toBe('400 mutability');
    expect(refusedForJane({ op: 'replace', path: 'schemas', value: null })).toBe('400 invalidValue');
    expect(refusedForJane({ op: 'add', path: 'schemas[value eq "x"]', value: 'x' })).toBe('400 invalidPath');
  });

  test('a URN that goes takes its data with it, and later operations see it gone', () => {
    const gone = { op: 'remove', path: 'schemas', value: [enterprise] };
    expect(enterprise in patchedJane(gone)).toBe(false);
    expect(patchedJane({ op: 'replace', path: 'schemas', value: [coreUser] })).toEqual(patchedJane(gone));
    expect(patchedJane(gone, { op: 'add', path: `${enterprise}:division`, value: 'West' })[enterprise]).toEqual({
      division: 'West',
    });
  });

  test('a URN without data, and one that nobody knows, say nothing', () => {
    expect(patch(jane, [{ op: 'add', path: 'schemas', value: [badge, 'urn:nobody:knows'] }]).changed).toBe(false);
    expect(patch(jane, [{ op: 'replace', value: { schemas: [coreUser] } }]).changed).toBe(false);
    expect(patch(jane, [{ op: 'replace', value: { schemas: 7 } }]).changed).toBe(false);
  });
});
