import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ScimObject } from '../schemas/scim-value.ts';
import { applyMemberDelta } from './apply-member-delta.ts';
import type { MemberDelta } from './member-delta.ts';
import { group, memberIds, patch, refusal } from './test-patches.ts';

const elsewhere = (...operations: readonly unknown[]): MemberDelta | undefined =>
  patch(group(), operations, {}, { members: 'elsewhere' }).memberChanges;

const step = { replaceAll: false, remove: [], removeMatching: [], add: [] };

test.each([
  [
    'add',
    [{ op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'a' }] }],
    [{ ...step, add: [{ value: 'a' }] }],
  ],
  ['remove with a list', [{ op: 'remove', path: 'members', value: [{ value: 'a' }] }], [{ ...step, remove: ['a'] }]],
  [
    'remove by filter',
    [{ op: 'remove', path: 'members[value eq "a" or value eq "b"]' }],
    [{ ...step, remove: ['a', 'b'] }],
  ],
  ['remove of all', [{ op: 'remove', path: 'members' }], [{ ...step, replaceAll: true }]],
  [
    'replace',
    [{ op: 'replace', path: 'members', value: [{ value: 'a' }] }],
    [{ ...step, replaceAll: true, add: [{ value: 'a' }] }],
  ],
  [
    'remove, then add',
    [
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'add', path: 'members', value: [{ value: 'b' }] },
    ],
    [{ ...step, remove: ['a'], add: [{ value: 'b' }] }],
  ],
  ['add of nobody', [{ op: 'add', path: 'members', value: [] }], undefined],
  ['no word of members', [{ op: 'replace', path: 'displayName', value: 'Crew' }], undefined],
])('%s is said without the list of members', (_what, operations, expected) => {
  expect(elsewhere(...operations)).toEqual(expected);
});

test('a filter about more than ids is handed on', () => {
  const delta = elsewhere({ op: 'remove', path: 'members[type eq "Group"]' });
  expect(delta).toHaveLength(1);
  expect(delta?.[0]?.removeMatching).toHaveLength(1);
});

test.each([
  { op: 'replace', path: 'members[value eq "a"].value', value: 'b' },
  { op: 'add', path: 'members[value eq "a"].type', value: 'Group' },
  { op: 'remove', path: 'members[value eq "a"].type' },
  { op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } },
])('a member is not made another one: $op $path is 400 mutability', (operation) => {
  expect(refusal(() => patch(group(['a']), [operation]))).toBe('400 mutability');
  expect(refusal(() => elsewhere(operation))).toBe('400 mutability');
});

test('add on a filter that names a member makes it one', () => {
  const operation = { op: 'add', path: 'members[value eq "b"]', value: { type: 'User' } };
  expect(memberIds(patch(group(['a']), [operation]).resource)).toEqual(['a', 'b']);
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const typeOf = (id: string) => (ids.indexOf(id) % 2 === 0 ? 'User' : 'Group');
const memberOf = (value: string) => ({ value, type: typeOf(value) });
const someIds = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 4 });

/** An operation together with what it does to a set of ids, said in the plainest way. */
interface Case {
  readonly operation: unknown;
  readonly run: (members: ReadonlySet<string>) => ReadonlySet<string>;
}

const keep = (members: ReadonlySet<string>, test_: (id: string) => boolean) => new Set([...members].filter(test_));

const cases: fc.Arbitrary<Case> = fc.oneof(
  someIds.map((named) => ({
    operation: { op: 'add', path: 'members', value: named.map(memberOf) },
    run: (members: ReadonlySet<string>) => new Set([...members, ...named]),
  })),
  someIds.map((named) => ({
    operation: { op: 'replace', path: 'members', value: named.map(memberOf) },
    run: () => new Set(named),
  })),
  someIds.map((named) => ({
    operation: { op: 'remove', path: 'members', value: named.map(memberOf) },
    run: (members: ReadonlySet<string>) => keep(members, (id) => !named.includes(id)),
  })),
  fc.constantFrom(...ids).map((named) => ({
    operation: { op: 'remove', path: `members[value eq "${named}"]` },
    run: (members: ReadonlySet<string>) => keep(members, (id) => id !== named),
  })),
  fc.constantFrom('User', 'Group').map((type) => ({
    operation: { op: 'remove', path: `members[type eq "${type}"]` },
    run: (members: ReadonlySet<string>) => keep(members, (id) => typeOf(id) !== type),
  })),
  fc.constantFrom(...ids).map((named) => ({
    operation: { op: 'remove', path: `members[type eq "User" and value ne "${named}"]` },
    run: (members: ReadonlySet<string>) => keep(members, (id) => typeOf(id) !== 'User' || id === named),
  })),
  fc.constant({ operation: { op: 'remove', path: 'members' }, run: () => new Set<string>() }),
);

test('applying the delta to the list is applying the operations to the list', () => {
  fc.assert(
    fc.property(someIds, fc.array(cases, { minLength: 1, maxLength: 8 }), (before, sequence) => {
      const list = before.map(memberOf);
      const operations = sequence.map(({ operation }) => operation);
      const expected = sequence.reduce<ReadonlySet<string>>((members, { run }) => run(members), new Set(before));

      const loaded = patch(group([], { members: list }), operations).resource;
      const apart = applyMemberDelta(list as readonly ScimObject[], elsewhere(...operations) ?? []);

      expect(memberIds(loaded)).toEqual([...expected].toSorted());
      expect(loaded.members ?? []).toEqual(apart);
    }),
    { numRuns: 1_000 },
  );
});

test('no id is both removed and added in one step, and none is named twice', () => {
  fc.assert(
    fc.property(fc.array(cases, { minLength: 1, maxLength: 8 }), (sequence) => {
      for (const { add, remove } of elsewhere(...sequence.map(({ operation }) => operation)) ?? []) {
        const named = [...remove, ...add.map(({ value }) => value)];
        expect(new Set(named).size).toBe(named.length);
      }
    }),
  );
});

test('members that are kept elsewhere are neither read nor needed', () => {
  const { resource, changed } = patch(
    group(),
    [{ op: 'add', path: 'members', value: [{ value: 'a' }] }],
    {},
    { members: 'elsewhere' },
  );
  expect(changed).toBe(false);
  expect('members' in resource).toBe(false);
});
