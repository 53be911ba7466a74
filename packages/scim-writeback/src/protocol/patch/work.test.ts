import { expect, test } from 'vitest';
import type { ScimObject } from '../schemas/scim-value.ts';
import { badge, coreUser, group, memberIds, patch, refusal, user } from './test-patches.ts';
import { mostMemberTests, mostNames } from './work.ts';

const idsFrom = (start: number, count: number) => Array.from({ length: count }, (_, index) => `id-${start + index}`);
const members = (ids: readonly string[]) => ids.map((value) => ({ value }));
/** Values in a group: each member is an object with an id. */
const perMember = 2;

test('adding 1,000 members to 10,000 takes steps in proportion to 11,000', () => {
  const { resource, steps } = patch(group(idsFrom(0, 10_000)), [
    { op: 'add', path: 'members', value: members(idsFrom(9_500, 1_000)) },
  ]);
  expect(memberIds(resource)).toHaveLength(10_500);
  expect(steps).toBeLessThan(4 * perMember * 11_000);
});

test('1,000 operations of one member each on 10,000 take no more', () => {
  const added = idsFrom(10_000, 500).map((value) => ({ op: 'add', path: 'members', value: [{ value }] }));
  const removed = idsFrom(0, 500).map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` }));
  const { resource, steps } = patch(group(idsFrom(0, 10_000)), [...added, ...removed]);
  expect(memberIds(resource)).toHaveLength(10_000);
  expect(steps).toBeLessThan(5 * perMember * 11_000);
});

test('what a PATCH of members elsewhere costs does not depend on how many there are', () => {
  const operations = [
    { op: 'add', path: 'members', value: [{ value: 'a' }] },
    { op: 'remove', path: 'members', value: [{ value: 'b' }] },
  ];
  expect(patch(group(), operations, {}, { members: 'elsewhere' }).steps).toBeLessThan(100);
});

test('adding values to a long list of another attribute, one operation each, is linear', () => {
  const roles = idsFrom(0, 5_000).map((value) => ({ value, type: 'role' }));
  const before = user({ roles });
  const operations = [
    ...idsFrom(4_750, 500).map((value) => ({ op: 'add', path: 'roles', value: [{ value, type: 'role' }] })),
    ...idsFrom(0, 250).map((id) => ({ op: 'replace', path: `roles[value eq "${id}"].display`, value: 'x' })),
    ...idsFrom(1_000, 250).map((id) => ({ op: 'remove', path: 'roles', value: [{ value: id }] })),
  ];
  const { resource, steps } = patch(before, operations);
  expect(resource.roles).toHaveLength(5_000);
  expect(steps).toBeLessThan(10 * 3 * 6_000);
});

test('moving primary about costs no more than the operations', () => {
  const before = user({ emails: idsFrom(0, 1_000).map((value) => ({ value })) });
  const operations = idsFrom(0, 500).map((id) => ({
    op: 'replace',
    path: `emails[value eq "${id}"].primary`,
    value: true,
  }));
  const { resource, steps } = patch(before, operations);
  const primaries = (resource.emails as readonly ScimObject[]).filter(({ primary }) => primary === true);
  expect(primaries).toEqual([{ value: 'id-499', primary: true }]);
  expect(steps).toBeLessThan(20 * 4_000);
});

test('filters that would test every value for every operation are stopped with 413', () => {
  const before = user({ [badge]: { zones: idsFrom(0, 5_000) } });
  const operations = idsFrom(0, 500).map((id) => ({ op: 'remove', path: `${badge}:zones[value co "${id}x"]` }));
  expect(refusal(() => patch(before, operations))).toBe('413');
  expect(refusal(() => patch(before, operations.slice(0, 10)))).toBe('accepted');
});

test('filters of members that would test every one for every operation are stopped with 413', () => {
  const operations = idsFrom(0, 400).flatMap((value) => [
    { op: 'add', path: 'members', value: [{ value: `new-${value}` }] },
    { op: 'remove', path: `members[value co "${value}x"]` },
  ]);
  expect(refusal(() => patch(group(idsFrom(0, 5_000)), operations))).toBe('413');
});

test.each(['display co "x"', 'type eq "Group"', 'value ne "a"'])(
  'filters that look at every member are stopped with 413, wherever members are kept: %s',
  (filter) => {
    const remove = { op: 'remove', path: `members[${filter}]` };
    const refusalOf = (operations: readonly unknown[]) =>
      refusal(() => patch(group(), operations, {}, { members: 'elsewhere' }));
    expect(refusalOf(new Array(mostMemberTests).fill(remove))).toBe('accepted');
    expect(refusalOf(new Array(mostMemberTests + 1).fill(remove))).toBe('413');
    const path = `members[${new Array(mostMemberTests + 1).fill(filter).join(' or ')}]`;
    expect(refusalOf([{ op: 'remove', path }])).toBe('413');
  },
);

test.each(['value eq "a"', 'value eq "a" or value eq "b"', 'value eq "a" and type eq "User"'])(
  'filters that say which members are meant may be in every operation: %s',
  (filter) => {
    const operations = new Array(1_000).fill({ op: 'remove', path: `members[${filter}]` });
    expect(refusal(() => patch(group(), operations, {}, { members: 'elsewhere' }))).toBe('accepted');
  },
);

test('names that are read as paths are bounded in all operations together', () => {
  const named = (count: number) =>
    Object.fromEntries(idsFrom(0, count).map((id) => [`emails[type eq "${id}"].value`, null]));
  const replace = (count: number) => ({ op: 'replace', value: named(count) });
  expect(refusal(() => patch(user({}), [replace(mostNames)]))).toBe('accepted');
  expect(refusal(() => patch(user({}), [replace(mostNames), replace(1)]))).toBe('413');
  expect(refusal(() => patch(user({}), [{ op: 'add', path: coreUser, value: named(mostNames + 1) }]))).toBe('413');
});

test('a long text that every operation would search counts by its length', () => {
  const before = user({ [badge]: { zones: ['z'.repeat(200_000)] } });
  const remove = { op: 'remove', path: `${badge}:zones[value co "x"]` };
  expect(refusal(() => patch(before, new Array(1_000).fill(remove)))).toBe('413');
  expect(refusal(() => patch(before, new Array(10).fill(remove)))).toBe('accepted');
});
