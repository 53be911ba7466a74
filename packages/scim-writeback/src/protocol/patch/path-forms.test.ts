import { describe, expect, test } from 'vitest';
import type { Profile } from '../profile.ts';
import { badge, coreUser, enterprise, group, memberIds, patch, refusal, user } from './test-patches.ts';

const work = { value: 'w', type: 'work', primary: true };
const home = { value: 'h', type: 'home' };
const jane = user({
  title: 'Clerk',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [work, home],
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
});
const strict: Partial<Profile> = {
  addUnmatched: 'noTarget',
  replaceUnmatched: 'noTarget',
  removeWithValue: 'all',
  looseShapes: 'reject',
};

const apply = (...operations: readonly unknown[]) => patch(jane, operations).resource;
const refused = (operation: unknown, profile: Partial<Profile> = {}) =>
  refusal(() => patch(jane, [operation], profile));

describe('#77 no path, an object', () => {
  const value = { title: 'Boss', name: { givenName: 'Joan' }, emails: [{ value: 'o', type: 'other' }] };

  test('add merges each attribute by its kind', () => {
    expect(apply({ op: 'add', value })).toMatchObject({
      title: 'Boss',
      name: { givenName: 'Joan', familyName: 'Doe' },
      emails: [work, home, { value: 'o', type: 'other' }],
    });
  });

  test('replace merges complex attributes and replaces lists', () => {
    const result = apply({ op: 'replace', value });
    expect(result.name).toEqual({ givenName: 'Joan', familyName: 'Doe' });
    expect(result.emails).toEqual([{ value: 'o', type: 'other' }]);
  });

  test('remove is 400 noTarget', () => {
    expect(refused({ op: 'remove' })).toBe('400 noTarget');
    expect(refused({ op: 'remove', value })).toBe('400 noTarget');
  });

  test.each([[7], ['x'], [null], [[value]]])('the value %j is 400 invalidValue', (other) => {
    expect(refused({ op: 'add', value: other })).toBe('400 invalidValue');
  });

  test('a name in two spellings is 400 invalidSyntax', () => {
    expect(refused({ op: 'add', value: { title: 'a', Title: 'b' } })).toBe('400 invalidSyntax');
    expect(refused({ op: 'add', value: { name: { givenName: 'a', GivenName: 'b' } } })).toBe('400 invalidSyntax');
  });
});

describe.each(['add', 'replace'])('#78 %s without a path reads names as paths', (op) => {
  test('dotted, with URN, with filter, and a whole extension', () => {
    const result = apply({
      op,
      value: {
        'name.givenName': 'Joan',
        [`${coreUser}:title`]: 'Boss',
        [`${enterprise}:department`]: 'Tours',
        'emails[type eq "work"].value': 'new',
        [badge]: { number: 'B1', 'issuer.desk': 'North' },
      },
    });
    expect(result).toMatchObject({
      name: { givenName: 'Joan', familyName: 'Doe' },
      title: 'Boss',
      emails: [{ ...work, value: 'new' }, home],
      [enterprise]: { department: 'Tours', manager: { value: 'm1' } },
      [badge]: { number: 'B1', issuer: { desk: 'North' } },
    });
  });

  test('the core schema may stand around the attributes, once', () => {
    expect(apply({ op, value: { [coreUser]: { title: 'Boss' } } }).title).toBe('Boss');
    expect(refused({ op, value: { [coreUser]: { [coreUser]: { title: 'Boss' } } } })).toBe('400 invalidValue');
  });
});

describe('#79 a simple attribute', () => {
  test.each(['add', 'replace'])('%s sets it', (op) => {
    expect(apply({ op, path: 'userName', value: 'joan' }).userName).toBe('joan');
    expect(apply({ op, path: 'USERNAME', value: 'joan' }).userName).toBe('joan');
    expect(apply({ op, path: 'nickName', value: 'J' }).nickName).toBe('J');
  });

  test('remove unsets it', () => {
    expect('title' in apply({ op: 'remove', path: 'title' })).toBe(false);
  });

  test('remove of a required one is refused as the profile says; blank and null are 400 invalidValue', () => {
    const remove = { op: 'remove', path: 'userName' };
    expect(refused(remove)).toBe('400 mutability');
    expect(refused(remove, { removeRequired: 'invalidValue' })).toBe('400 invalidValue');
    expect(refused({ op: 'replace', path: 'userName', value: null })).toBe('400 invalidValue');
    expect(refused({ op: 'replace', path: 'userName', value: ' ' })).toBe('400 invalidValue');
  });
});

describe('#80 a single complex attribute', () => {
  test.each(['add', 'replace'])('%s merges its parts', (op) => {
    const result = apply({ op, path: 'name', value: { GIVENNAME: 'Joan', familyName: null } });
    expect(result.name).toEqual({ givenName: 'Joan' });
  });

  test('remove unsets the whole', () => {
    expect('name' in apply({ op: 'remove', path: 'name' })).toBe(false);
  });

  test('a required part is asked for where the whole is made, and kept where it is there', () => {
    expect(refused({ op: 'add', path: `${badge}:issuer`, value: { clerk: 'Ann' } })).toBe('400 invalidValue');
    const badged = user({ [badge]: { issuer: { desk: 'North' } } });
    const { resource } = patch(badged, [{ op: 'add', path: `${badge}:issuer`, value: { clerk: 'Ann' } }]);
    expect(resource[badge]).toEqual({ issuer: { desk: 'North', clerk: 'Ann' } });
    expect(refusal(() => patch(badged, [{ op: 'remove', path: `${badge}:issuer.desk` }]))).toBe('400 mutability');
  });
});

describe('#81 a part of a single complex attribute', () => {
  test.each(['add', 'replace'])('%s sets it, and makes the whole', (op) => {
    expect(apply({ op, path: 'name.givenName', value: 'Joan' }).name).toEqual({ givenName: 'Joan', familyName: 'Doe' });
    expect(patch(user(), [{ op, path: 'name.givenName', value: 'Joan' }]).resource.name).toEqual({ givenName: 'Joan' });
  });

  test('remove unsets it, and with the last part the whole', () => {
    const first = { op: 'remove', path: 'name.givenName' };
    expect(apply(first).name).toEqual({ familyName: 'Doe' });
    expect('name' in apply(first, { op: 'remove', path: 'name.familyName' })).toBe(false);
  });
});

describe('#82 a multi-valued attribute', () => {
  const other = { value: 'o', type: 'other' };

  test('add appends one object or a list, and doubles nothing', () => {
    expect(apply({ op: 'add', path: 'emails', value: other }).emails).toEqual([work, home, other]);
    const again = { op: 'add', path: 'emails', value: [other, home, { value: 'H', type: 'HOME' }] };
    expect(apply(again, again).emails).toEqual([work, home, other]);
  });

  test('add to simple values', () => {
    const add = { op: 'add', path: `${badge}:zones`, value: ['a', 'b', 'a'] };
    const { resource } = patch(user(), [add, { op: 'add', path: `${badge}:zones`, value: 'c' }, add]);
    expect(resource[badge]).toEqual({ zones: ['a', 'b', 'c'] });
  });

  test('replace puts the whole list', () => {
    expect(apply({ op: 'replace', path: 'emails', value: [other] }).emails).toEqual([other]);
    expect('emails' in apply({ op: 'replace', path: 'emails', value: [] })).toBe(false);
  });

  test('remove takes all out', () => {
    expect('emails' in apply({ op: 'remove', path: 'emails' })).toBe(false);
  });

  test.each([
    [[{ value: 'h' }], [work]],
    [[{ value: 'H', type: 'home', display: 'old' }], [work]],
    [{ value: 'h' }, [work]],
    ['h', [work]],
    [[{ value: 'h', type: 'work' }], [work, home]],
    [[{ type: 'work' }], [home]],
    [[{ value: 'nobody' }], [work, home]],
    [[], [work, home]],
  ])('remove with the value %j takes out what it lists', (value, expected) => {
    expect(apply({ op: 'remove', path: 'emails', value }).emails).toEqual(expected);
  });

  test('remove with a value that names nothing is 400 invalidValue', () => {
    expect(refused({ op: 'remove', path: 'emails', value: [{}] })).toBe('400 invalidValue');
    expect(refused({ op: 'remove', path: 'emails', value: [null] })).toBe('400 invalidValue');
  });

  test('remove with a value takes all out where the profile reads the RFC to the letter', () => {
    const { resource } = patch(jane, [{ op: 'remove', path: 'emails', value: [{ value: 'h' }] }], strict);
    expect('emails' in resource).toBe(false);
  });

  test('remove with a value takes simple values out', () => {
    const zoned = user({ [badge]: { zones: ['a', 'b', 'B'] } });
    const { resource } = patch(zoned, [{ op: 'remove', path: `${badge}:zones`, value: ['b', 'x'] }]);
    expect(resource[badge]).toEqual({ zones: ['a', 'B'] });
  });
});

describe('#83 values that a filter selects', () => {
  test('add merges into them, and makes one where there is none', () => {
    expect(apply({ op: 'add', path: 'emails[type eq "home"]', value: { display: 'Home' } }).emails).toEqual([
      work,
      { ...home, display: 'Home' },
    ]);
    expect(apply({ op: 'add', path: 'emails[type eq "other"]', value: { value: 'o' } }).emails).toEqual([
      work,
      home,
      { type: 'other', value: 'o' },
    ]);
    expect(refused({ op: 'add', path: 'emails[type eq "other"]', value: { value: 'o' } }, strict)).toBe('400 noTarget');
  });

  test('replace puts another value in their place, which is still of the type that selected it', () => {
    const operation = { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'n' } };
    expect(apply(operation).emails).toEqual([{ type: 'work', value: 'n' }, home]);
    const retyped = { ...operation, value: { value: 'n', Type: 'other' } };
    expect(apply(retyped).emails).toEqual([{ type: 'other', value: 'n' }, home]);
  });

  test('replace of none makes one, or is 400 noTarget where the profile says so', () => {
    const operation = { op: 'replace', path: 'emails[type eq "other"]', value: { value: 'o' } };
    expect(apply(operation).emails).toEqual([work, home, { type: 'other', value: 'o' }]);
    expect(refused(operation, strict)).toBe('400 noTarget');
  });

  test('a filter that describes no one value cannot make one', () => {
    for (const filter of ['type ne "work" and type ne "home"', 'value co "x"', 'type eq "a" or type eq "b"']) {
      expect(refused({ op: 'add', path: `emails[${filter}]`, value: { value: 'o' } })).toBe('400 noTarget');
    }
  });

  test('remove takes them out; none is no error', () => {
    expect(apply({ op: 'remove', path: 'emails[type eq "work"]' }).emails).toEqual([home]);
    expect('emails' in apply({ op: 'remove', path: 'emails[value pr]' })).toBe(false);
    expect(patch(jane, [{ op: 'remove', path: 'emails[type eq "other"]' }]).changed).toBe(false);
  });

  test('simple values are selected by value', () => {
    const zoned = user({ [badge]: { zones: ['a', 'b'] } });
    const { resource } = patch(zoned, [{ op: 'remove', path: `${badge}:zones[value eq "a"]` }]);
    expect(resource[badge]).toEqual({ zones: ['b'] });
  });
});

describe('#84 a part of values that a filter selects', () => {
  test.each(['add', 'replace'])('%s sets it in all that match', (op) => {
    expect(apply({ op, path: 'emails[type eq "work"].value', value: 'n' }).emails).toEqual([
      { ...work, value: 'n' },
      home,
    ]);
    expect(apply({ op, path: 'emails[value pr].display', value: 'D' }).emails).toEqual([
      { ...work, display: 'D' },
      { ...home, display: 'D' },
    ]);
  });

  test.each(['add', 'replace'])('%s makes the value where there is none, and two make one', (op) => {
    const operations = [
      { op, path: 'addresses[type eq "work"].locality', value: 'Ulm' },
      { op, path: 'addresses[type eq "work"].country', value: 'DE' },
    ];
    expect(apply(...operations).addresses).toEqual([{ type: 'work', locality: 'Ulm', country: 'DE' }]);
    expect(refusal(() => patch(jane, operations, strict))).toBe('400 noTarget');
  });

  test('a value is made of all eq terms, in their types', () => {
    const path = 'phoneNumbers[(type eq "work") and primary eq "True"].value';
    expect(apply({ op: 'add', path, value: '1' }).phoneNumbers).toEqual([{ type: 'work', primary: true, value: '1' }]);
  });

  test('remove unsets it, and takes the value out with its last part', () => {
    expect(apply({ op: 'remove', path: 'emails[type eq "work"].primary' }).emails).toEqual([
      { value: 'w', type: 'work' },
      home,
    ]);
    const parts = user({ emails: [{ value: 'x' }] });
    expect('emails' in patch(parts, [{ op: 'remove', path: 'emails[value eq "x"].value' }]).resource).toBe(false);
  });
});

test.each(['add', 'replace', 'remove'])('#85 %s of a part of all values is 400 invalidPath', (op) => {
  expect(refused({ op, path: 'emails.value', value: 'x' })).toBe('400 invalidPath');
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

describe('#88 manager', () => {
  const path = `${enterprise}:manager`;
  const managerOf = (...operations: readonly unknown[]) =>
    (apply(...operations)[enterprise] as Record<string, unknown>).manager;

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
    expect(refused({ op: 'add', path, value: [{ value: 'a' }, { value: 'b' }] })).toBe('400 invalidValue');
    expect(refused({ op: 'add', path, value: 'm2' }, strict)).toBe('400 invalidValue');
  });
});

test('#89 manager.value is set; manager.displayName is 400 mutability', () => {
  const result = apply({ op: 'replace', path: `${enterprise}:manager.value`, value: 'm2' });
  expect(result[enterprise]).toMatchObject({ manager: { value: 'm2' } });
  expect(refused({ op: 'replace', path: `${enterprise}:manager.displayName`, value: 'M' })).toBe('400 mutability');
});

describe('#90 a whole extension', () => {
  test.each(['add', 'replace'])('%s merges', (op) => {
    expect(apply({ op, path: enterprise, value: { division: 'West', department: null } })[enterprise]).toEqual({
      division: 'West',
      manager: { value: 'm1' },
    });
  });

  test('remove drops it', () => {
    const result = apply({ op: 'remove', path: enterprise });
    expect(enterprise in result).toBe(false);
    expect(result.schemas).toEqual([coreUser]);
  });

  test('null drops it', () => {
    expect(enterprise in apply({ op: 'replace', value: { [enterprise]: null } })).toBe(false);
  });
});

describe('#91 the URN of the core schema changes nothing', () => {
  test.each(['title', 'name.givenName', 'emails[type eq "work"].value', 'emails[type eq "work"]', 'name'])(
    '%s',
    (path) => {
      const value = path === 'name' || path.endsWith(']') ? { formatted: 'F', value: 'v' } : 'x';
      const plain = apply({ op: 'replace', path, value });
      expect(apply({ op: 'replace', path: `${coreUser}:${path}`, value })).toEqual(plain);
      expect(apply({ op: 'replace', path: `${coreUser.toUpperCase()}:${path}`, value })).toEqual(plain);
      expect(apply({ op: 'remove', path: `${coreUser}:${path}` })).toEqual(apply({ op: 'remove', path }));
    },
  );

  test('alone it stands for the resource', () => {
    expect(apply({ op: 'add', path: coreUser, value: { title: 'Boss' } }).title).toBe('Boss');
    expect(refused({ op: 'remove', path: coreUser })).toBe('400 noTarget');
  });
});

test('#92 a filter behind a single complex attribute matches as if it were one of a list', () => {
  const at = (id: string) => `${enterprise}:manager[value eq "${id}"]`;
  expect(
    enterprise in
      patch(user({ [enterprise]: { manager: { value: 'm1' } } }), [{ op: 'remove', path: at('m1') }]).resource,
  ).toBe(false);
  expect(patch(jane, [{ op: 'remove', path: at('m2') }]).changed).toBe(false);
  expect(apply({ op: 'replace', path: `${at('m1')}.value`, value: 'm3' })[enterprise]).toMatchObject({
    manager: { value: 'm3' },
  });
  expect(refused({ op: 'add', path: at('m2'), value: { $ref: 'x' } })).toBe('400 noTarget');
  expect(patch(user(), [{ op: 'add', path: at('m2'), value: { $ref: 'x' } }]).resource[enterprise]).toEqual({
    manager: { value: 'm2', $ref: 'x' },
  });
  expect(refused({ op: 'replace', path: 'title[value eq "Clerk"]', value: 'x' })).toMatch(/^400 invalid(Path|Filter)$/);
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
    const removed = apply({ op: 'remove', path });
    expect(apply({ op: 'replace', path, value: null })).toEqual(removed);
    expect(apply({ op: 'add', path, value: null })).toEqual(removed);
    expect(removed).not.toEqual(jane);
  });

  test('of a list, replace with null empties it, and add of null adds nothing', () => {
    expect('emails' in apply({ op: 'replace', path: 'emails', value: null })).toBe(false);
    expect(patch(jane, [{ op: 'add', path: 'emails', value: null }]).changed).toBe(false);
    expect(patch(group(['a']), [{ op: 'add', path: 'members', value: null }]).changed).toBe(false);
  });

  test('in an object', () => {
    const result = apply({ op: 'replace', value: { title: null, name: { givenName: null }, phoneNumbers: null } });
    expect(result).toEqual(apply({ op: 'remove', path: 'title' }, { op: 'remove', path: 'name.givenName' }));
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
    for (const op of ['add', 'replace', 'remove']) expect(refused({ op, path, value: 'x' })).toBe(expected);
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
    expect(refused({ op: 'remove', path: 'schemas' })).toBe('400 mutability');
    expect(refused({ op: 'remove', path: 'schemas', value: [coreUser] })).toBe('400 mutability');
    expect(refused({ op: 'replace', path: 'schemas', value: [enterprise] })).toBe('400 mutability');
    expect(refused({ op: 'replace', path: 'schemas', value: null })).toBe('400 invalidValue');
    expect(refused({ op: 'add', path: 'schemas[value eq "x"]', value: 'x' })).toBe('400 invalidPath');
  });

  test('a URN that goes takes its data with it, and later operations see it gone', () => {
    const gone = { op: 'remove', path: 'schemas', value: [enterprise] };
    expect(enterprise in apply(gone)).toBe(false);
    expect(apply({ op: 'replace', path: 'schemas', value: [coreUser] })).toEqual(apply(gone));
    expect(apply(gone, { op: 'add', path: `${enterprise}:division`, value: 'West' })[enterprise]).toEqual({
      division: 'West',
    });
  });

  test('a URN without data, and one that nobody knows, say nothing', () => {
    expect(patch(jane, [{ op: 'add', path: 'schemas', value: [badge, 'urn:nobody:knows'] }]).changed).toBe(false);
    expect(patch(jane, [{ op: 'replace', value: { schemas: [coreUser] } }]).changed).toBe(false);
  });
});
