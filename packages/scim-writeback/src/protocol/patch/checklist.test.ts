import { describe, expect, test } from 'vitest';
import type { ScimObject } from '../schemas/scim-value.ts';
import { badge, coreUser, enterprise, group, patch, refusal, shift, user, valuesOf } from './test-patches.ts';

const work = { value: 'jane@work.example', type: 'work', primary: true };
const home = { value: 'jane@home.example', type: 'home' };
const jane = user({
  title: 'Clerk',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [work, home],
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
});

const apply = (...operations: readonly unknown[]) => patch(jane, operations).resource;

test('#68 operations run in order, each on the result of the last', () => {
  const result = apply(
    { op: 'remove', path: 'emails' },
    { op: 'add', path: 'emails', value: [{ value: 'a', type: 'work' }] },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'b' },
  );
  expect(result.emails).toEqual([{ value: 'b', type: 'work' }]);
});

test('#68 one failure leaves the resource as it was', () => {
  const before = JSON.stringify(jane);
  expect(refusal(() => apply({ op: 'replace', path: 'title', value: 'Boss' }, { op: 'remove', path: 'nope' }))).toBe(
    '400 invalidPath',
  );
  expect(JSON.stringify(jane)).toBe(before);
});

test.each([
  ['a value that is there', { op: 'replace', path: 'title', value: 'Clerk' }],
  ['a list that is there', { op: 'replace', path: 'emails', value: [work, home] }],
  ['a value added again', { op: 'add', path: 'emails', value: [home] }],
  ['what is not there removed', { op: 'remove', path: 'nickName' }],
  ['a filter that matches nothing removed', { op: 'remove', path: 'emails[type eq "other"]' }],
  ['null for what is not there', { op: 'replace', path: 'nickName', value: null }],
  ['nothing added', { op: 'add', path: 'emails', value: [] }],
])('#70 %s is no change, and gives the very resource', (_what, operation) => {
  const outcome = patch(jane, [operation]);
  expect(outcome.changed).toBe(false);
  expect(outcome.resource).toBe(jane);
});

test('#70 a change that a later operation takes back is none', () => {
  expect(
    patch(jane, [
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'title', value: 'Clerk' },
    ]).changed,
  ).toBe(false);
});

describe('#71 one value is primary', () => {
  test.each([
    ['added', { op: 'add', path: 'emails', value: [{ value: 'new', primary: true }] }],
    ['set by path', { op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
    ['merged', { op: 'add', path: 'emails[type eq "home"]', value: { primary: 'True' } }],
  ])('%s: the other is so no more', (_how, operation) => {
    const emails = valuesOf(apply(operation), 'emails') as readonly ScimObject[];
    expect(emails.filter(({ primary }) => primary === true)).toHaveLength(1);
    expect(emails[0]).toEqual({ ...work, primary: false });
  });

  test.each([
    ['two in one list', { op: 'replace', path: 'emails', value: [work, { ...home, primary: true }] }],
    ['a filter that matches two', { op: 'replace', path: 'emails[value pr].primary', value: true }],
  ])('%s is refused, or the first stays', (_what, operation) => {
    expect(refusal(() => apply(operation))).toBe('400 invalidValue');
    const first = patch(jane, [operation], { manyPrimaries: 'first' }).resource;
    expect((valuesOf(first, 'emails') as readonly ScimObject[]).filter(({ primary }) => primary === true)).toHaveLength(
      1,
    );
  });
});

describe('#72 schemas keeps step with extensions', () => {
  test('a first attribute brings the URN in', () => {
    const { resource } = patch(user(), [{ op: 'add', path: `${enterprise}:department`, value: 'Sales' }]);
    expect(resource.schemas).toEqual([coreUser, enterprise]);
  });

  test('the last attribute takes it out', () => {
    const result = apply(
      { op: 'remove', path: `${enterprise}:department` },
      { op: 'remove', path: `${enterprise}:manager` },
    );
    expect(result.schemas).toEqual([coreUser]);
    expect(enterprise in result).toBe(false);
  });
});

describe('#73 readOnly', () => {
  test.each([
    { op: 'replace', path: 'id', value: 'other' },
    { op: 'remove', path: 'id' },
    { op: 'add', path: 'groups', value: [{ value: 'g1' }] },
    { op: 'replace', path: 'groups', value: [null] },
    { op: 'remove', path: 'groups[value eq "g1"]' },
    { op: 'replace', path: 'meta.version', value: 'W/"2"' },
    { op: 'replace', path: 'meta', value: null },
  ])('$op $path is 400 mutability', (operation) => {
    expect(refusal(() => apply(operation))).toBe('400 mutability');
  });

  test.each([
    { op: 'replace', path: 'id', value: 'u1' },
    { op: 'add', path: 'meta.version', value: 'W/"1"' },
    { op: 'replace', path: 'meta', value: { resourceType: 'User', version: 'W/"1"' } },
    { op: 'replace', value: { id: 'u1', meta: { version: 'W/"9"' }, groups: [] } },
  ])('$op $path with its own value, or in an object, passes and changes nothing', (operation) => {
    expect(patch(jane, [operation]).changed).toBe(false);
  });
});

describe('#74 immutable', () => {
  const numbered = user({ [badge]: { number: 'B1', issuer: { desk: 'North', clerk: 'Ann' } } });

  test('what is unset can be set', () => {
    const { resource } = patch(user(), [{ op: 'add', path: `${badge}:number`, value: 'B1' }]);
    expect(resource[badge]).toEqual({ number: 'B1' });
  });

  test.each([
    [{ op: 'replace', path: `${badge}:number`, value: 'B1' }, 'accepted'],
    [{ op: 'replace', path: `${badge}:number`, value: 'B2' }, '400 mutability'],
    [{ op: 'remove', path: `${badge}:number` }, '400 mutability'],
    [{ op: 'replace', path: `${badge}:number`, value: null }, '400 mutability'],
    [{ op: 'remove', path: badge }, '400 mutability'],
    [{ op: 'replace', path: `${badge}:issuer.desk`, value: 'South' }, 'accepted'],
    [{ op: 'replace', path: `${badge}:issuer.clerk`, value: 'Bob' }, '400 mutability'],
    [{ op: 'remove', path: `${badge}:issuer` }, '400 mutability'],
  ])('%j', (operation, expected) => {
    expect(refusal(() => patch(numbered, [operation]))).toBe(expected);
  });
});

describe('#74 lists that are immutable or required', () => {
  const shifted = user({ [shift]: { days: ['mon', 'tue'], stamps: ['a', 'b'] } });

  test.each([
    [{ op: 'add', path: `${shift}:stamps`, value: ['a'] }, 'accepted'],
    [{ op: 'replace', path: `${shift}:stamps`, value: ['a', 'b'] }, 'accepted'],
    [{ op: 'add', path: `${shift}:stamps`, value: ['c'] }, '400 mutability'],
    [{ op: 'remove', path: `${shift}:stamps[value eq "a"]` }, '400 mutability'],
    [{ op: 'remove', path: `${shift}:days`, value: ['mon'] }, 'accepted'],
    [{ op: 'remove', path: `${shift}:days`, value: ['mon', 'tue'] }, '400 mutability'],
    [{ op: 'remove', path: `${shift}:days[value pr]` }, '400 mutability'],
    [{ op: 'replace', path: `${shift}:days`, value: [] }, '400 invalidValue'],
  ])('%j', (operation, expected) => {
    expect(refusal(() => patch(shifted, [operation]))).toBe(expected);
  });

  test('what is unset can be set', () => {
    const unstamped = user({ [shift]: { days: ['mon'] } });
    const { resource } = patch(unstamped, [{ op: 'add', path: `${shift}:stamps`, value: ['a'] }]);
    expect(resource[shift]).toEqual({ days: ['mon'], stamps: ['a'] });
  });
});

describe('#75 unknown attributes', () => {
  test.each(['shoeSize', 'name.shoe', 'emails[type eq "work"].shoe', 'urn:x:User:userName', 'userName.x', ''])(
    'the path "%s" is 400 invalidPath',
    (path) => {
      expect(refusal(() => apply({ op: 'add', path, value: 'x' }))).toBe('400 invalidPath');
      expect(refusal(() => apply({ op: 'remove', path }))).toBe('400 invalidPath');
    },
  );

  test('in an object they are left out, or refused as the profile says', () => {
    const operation = { op: 'add', value: { shoeSize: 43, title: 'Boss' } };
    expect(apply(operation).title).toBe('Boss');
    expect(refusal(() => patch(jane, [operation], { unknownAttributes: 'reject' }))).toBe('400 invalidSyntax');
  });
});

test.each([
  ['userName', 7],
  ['active', 'yes'],
  ['title', { value: 'Boss' }],
  ['title', ['Boss', 'Clerk']],
  ['name', 'Jane'],
  ['name', ['a', 'b']],
  ['emails', [['a']]],
  ['emails[type eq "work"]', 7],
  [`${badge}:printed`, 'yesterday'],
  [`${badge}:level`, 1.5],
  [`${badge}:level`, '1'],
  [enterprise, 'Sales'],
])('#76 a value of the wrong type for %s is 400 invalidValue: %j', (path, value) => {
  expect(refusal(() => apply({ op: 'replace', path, value }))).toBe('400 invalidValue');
});

test.each(['add', 'replace'])('#76 %s without a value is 400 invalidValue', (op) => {
  expect(refusal(() => apply({ op, path: 'title' }))).toBe('400 invalidValue');
  expect(refusal(() => apply({ op }))).toBe('400 invalidValue');
});

test('#126 a member without an id is 400 invalidValue', () => {
  const add = (value: unknown) => () => patch(group(), [{ op: 'add', path: 'members', value }]);
  expect(refusal(add([{ display: 'Jane' }]))).toBe('400 invalidValue');
  expect(refusal(add([{ value: 7 }]))).toBe('400 invalidValue');
});

test.each([
  { op: 'remove', path: 'active' },
  { op: 'replace', path: 'active', value: null },
  { op: 'replace', path: 'active', value: '' },
  { op: 'add', path: 'active', value: [] },
  { op: 'replace', value: { active: null } },
])('%j leaves a user who was put out as it is', (operation) => {
  const before = user({ active: false });
  expect(patch(before, [operation])).toMatchObject({ changed: false, resource: { active: false } });
});

test('with the RFC to the letter active can be unassigned', () => {
  const { resource } = patch(user({ active: false }), [{ op: 'remove', path: 'active' }], {
    omittedActive: 'unassigned',
  });
  expect(Object.hasOwn(resource, 'active')).toBe(false);
});
