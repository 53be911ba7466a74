import { describe, expect, test } from 'vitest';
import {
  badge,
  coreUser,
  enterprise,
  home,
  jane,
  patch,
  patchedJane,
  refusal,
  refusedForJane,
  strict,
  user,
  work,
} from './test-patches.ts';

describe('#77 no path, an object', () => {
  const value = { title: 'Boss', name: { givenName: 'Joan' }, emails: [{ value: 'o', type: 'other' }] };

  test('add merges each attribute by its kind', () => {
    expect(patchedJane({ op: 'add', value })).toMatchObject({
      title: 'Boss',
      name: { givenName: 'Joan', familyName: 'Doe' },
      emails: [work, home, { value: 'o', type: 'other' }],
    });
  });

  test('replace merges complex attributes and replaces lists', () => {
    const result = patchedJane({ op: 'replace', value });
    expect(result.name).toEqual({ givenName: 'Joan', familyName: 'Doe' });
    expect(result.emails).toEqual([{ value: 'o', type: 'other' }]);
  });

  test('remove is 400 noTarget', () => {
    expect(refusedForJane({ op: 'remove' })).toBe('400 noTarget');
    expect(refusedForJane({ op: 'remove', value })).toBe('400 noTarget');
  });

  test.each([[7], ['x'], [null], [[value]]])('the value %j is 400 invalidValue', (other) => {
    expect(refusedForJane({ op: 'add', value: other })).toBe('400 invalidValue');
  });

  test('a name in two spellings is 400 invalidSyntax', () => {
    expect(refusedForJane({ op: 'add', value: { title: 'a', Title: 'b' } })).toBe('400 invalidSyntax');
    expect(refusedForJane({ op: 'add', value: { name: { givenName: 'a', GivenName: 'b' } } })).toBe(
      '400 invalidSyntax',
    );
  });
});

describe.each(['add', 'replace'])('#78 %s without a path reads names as paths', (op) => {
  test('dotted, with URN, with filter, and a whole extension', () => {
    const result = patchedJane({
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
    expect(patchedJane({ op, value: { [coreUser]: { title: 'Boss' } } }).title).toBe('Boss');
    expect(refusedForJane({ op, value: { [coreUser]: { [coreUser]: { title: 'Boss' } } } })).toBe('400 invalidValue');
  });
});

describe('#79 a simple attribute', () => {
  test.each(['add', 'replace'])('%s sets it', (op) => {
    expect(patchedJane({ op, path: 'userName', value: 'joan' }).userName).toBe('joan');
    expect(patchedJane({ op, path: 'USERNAME', value: 'joan' }).userName).toBe('joan');
    expect(patchedJane({ op, path: 'nickName', value: 'J' }).nickName).toBe('J');
  });

  test('remove unsets it', () => {
    expect('title' in patchedJane({ op: 'remove', path: 'title' })).toBe(false);
  });

  test('remove of a required one is refused as the profile says; blank and null are 400 invalidValue', () => {
    const remove = { op: 'remove', path: 'userName' };
    expect(refusedForJane(remove)).toBe('400 mutability');
    expect(refusedForJane(remove, { removeRequired: 'invalidValue' })).toBe('400 invalidValue');
    expect(refusedForJane({ op: 'replace', path: 'userName', value: null })).toBe('400 invalidValue');
    expect(refusedForJane({ op: 'replace', path: 'userName', value: ' ' })).toBe('400 invalidValue');
  });
});

describe('#80 a single complex attribute', () => {
  test.each(['add', 'replace'])('%s merges its parts', (op) => {
    const result = patchedJane({ op, path: 'name', value: { GIVENNAME: 'Joan', familyName: null } });
    expect(result.name).toEqual({ givenName: 'Joan' });
  });

  test('remove unsets the whole', () => {
    expect('name' in patchedJane({ op: 'remove', path: 'name' })).toBe(false);
  });

  test('a required part is asked for where the whole is made, and kept where it is there', () => {
    expect(refusedForJane({ op: 'add', path: `${badge}:issuer`, value: { clerk: 'Ann' } })).toBe('400 invalidValue');
    const badged = user({ [badge]: { issuer: { desk: 'North' } } });
    const { resource } = patch(badged, [{ op: 'add', path: `${badge}:issuer`, value: { clerk: 'Ann' } }]);
    expect(resource[badge]).toEqual({ issuer: { desk: 'North', clerk: 'Ann' } });
    expect(refusal(() => patch(badged, [{ op: 'remove', path: `${badge}:issuer.desk` }]))).toBe('400 mutability');
  });
});

describe('#81 a part of a single complex attribute', () => {
  test.each(['add', 'replace'])('%s sets it, and makes the whole', (op) => {
    expect(patchedJane({ op, path: 'name.givenName', value: 'Joan' }).name).toEqual({
      givenName: 'Joan',
      familyName: 'Doe',
    });
    expect(patch(user(), [{ op, path: 'name.givenName', value: 'Joan' }]).resource.name).toEqual({ givenName: 'Joan' });
  });

  test('remove unsets it, and with the last part the whole', () => {
    const first = { op: 'remove', path: 'name.givenName' };
    expect(patchedJane(first).name).toEqual({ familyName: 'Doe' });
    expect('name' in patchedJane(first, { op: 'remove', path: 'name.familyName' })).toBe(false);
  });
});

describe('#82 a multi-valued attribute', () => {
  const other = { value: 'o', type: 'other' };

  test('add appends one object or a list, and doubles nothing', () => {
    expect(patchedJane({ op: 'add', path: 'emails', value: other }).emails).toEqual([work, home, other]);
    const again = { op: 'add', path: 'emails', value: [other, home, { value: 'H', type: 'HOME' }] };
    expect(patchedJane(again, again).emails).toEqual([work, home, other]);
  });

  test('add to simple values', () => {
    const add = { op: 'add', path: `${badge}:zones`, value: ['a', 'b', 'a'] };
    const { resource } = patch(user(), [add, { op: 'add', path: `${badge}:zones`, value: 'c' }, add]);
    expect(resource[badge]).toEqual({ zones: ['a', 'b', 'c'] });
  });

  test('replace puts the whole list', () => {
    expect(patchedJane({ op: 'replace', path: 'emails', value: [other] }).emails).toEqual([other]);
    expect('emails' in patchedJane({ op: 'replace', path: 'emails', value: [] })).toBe(false);
  });

  test('remove takes all out', () => {
    expect('emails' in patchedJane({ op: 'remove', path: 'emails' })).toBe(false);
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
    expect(patchedJane({ op: 'remove', path: 'emails', value }).emails).toEqual(expected);
  });

  test('remove with a value that names nothing is 400 invalidValue', () => {
    expect(refusedForJane({ op: 'remove', path: 'emails', value: [{}] })).toBe('400 invalidValue');
    expect(refusedForJane({ op: 'remove', path: 'emails', value: [null] })).toBe('400 invalidValue');
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
    expect(patchedJane({ op: 'add', path: 'emails[type eq "home"]', value: { display: 'Home' } }).emails).toEqual([
      work,
      { ...home, display: 'Home' },
    ]);
    expect(patchedJane({ op: 'add', path: 'emails[type eq "other"]', value: { value: 'o' } }).emails).toEqual([
      work,
      home,
      { type: 'other', value: 'o' },
    ]);
    expect(refusedForJane({ op: 'add', path: 'emails[type eq "other"]', value: { value: 'o' } }, strict)).toBe(
      '400 noTarget',
    );
  });

  test('replace puts another value in their place, which is still of the type that selected it', () => {
    const operation = { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'n' } };
    expect(patchedJane(operation).emails).toEqual([{ type: 'work', value: 'n' }, home]);
    const retyped = { ...operation, value: { value: 'n', Type: 'other' } };
    expect(patchedJane(retyped).emails).toEqual([{ type: 'other', value: 'n' }, home]);
  });

  test('replace of none makes one, or is 400 noTarget where the profile says so', () => {
    const operation = { op: 'replace', path: 'emails[type eq "other"]', value: { value: 'o' } };
    expect(patchedJane(operation).emails).toEqual([work, home, { type: 'other', value: 'o' }]);
    expect(refusedForJane(operation, strict)).toBe('400 noTarget');
  });

  test('a filter that describes no one value cannot make one', () => {
    for (const filter of [
      'type ne "work" and type ne "home"',
      'value co "x"',
      'type eq "a" and type eq "b"',
      'type eq "a" or type eq "b"',
    ]) {
      expect(refusedForJane({ op: 'add', path: `emails[${filter}]`, value: { value: 'o' } })).toBe('400 noTarget');
    }
  });

  test('remove takes them out; none is no error', () => {
    expect(patchedJane({ op: 'remove', path: 'emails[type eq "work"]' }).emails).toEqual([home]);
    expect('emails' in patchedJane({ op: 'remove', path: 'emails[value pr]' })).toBe(false);
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
    expect(patchedJane({ op, path: 'emails[type eq "work"].value', value: 'n' }).emails).toEqual([
      { ...work, value: 'n' },
      home,
    ]);
    expect(patchedJane({ op, path: 'emails[value pr].display', value: 'D' }).emails).toEqual([
      { ...work, display: 'D' },
      { ...home, display: 'D' },
    ]);
  });

  test.each(['add', 'replace'])('%s makes the value where there is none, and two make one', (op) => {
    const operations = [
      { op, path: 'addresses[type eq "work"].locality', value: 'Ulm' },
      { op, path: 'addresses[type eq "work"].country', value: 'DE' },
    ];
    expect(patchedJane(...operations).addresses).toEqual([{ type: 'work', locality: 'Ulm', country: 'DE' }]);
    expect(refusal(() => patch(jane, operations, strict))).toBe('400 noTarget');
  });

  test('a value is made of all eq terms, in their types', () => {
    const path = 'phoneNumbers[(type eq "work") and primary eq "True"].value';
    expect(patchedJane({ op: 'add', path, value: '1' }).phoneNumbers).toEqual([
      { type: 'work', primary: true, value: '1' },
    ]);
  });

  test('remove unsets it, and takes the value out with its last part', () => {
    expect(patchedJane({ op: 'remove', path: 'emails[type eq "work"].primary' }).emails).toEqual([
      { value: 'w', type: 'work' },
      home,
    ]);
    const parts = user({ emails: [{ value: 'x' }] });
    expect('emails' in patch(parts, [{ op: 'remove', path: 'emails[value eq "x"].value' }]).resource).toBe(false);
  });
});
