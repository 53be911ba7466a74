import { expect, test } from 'vitest';
import { completePayload } from '../payload/application/test-payload.ts';
import { hashFacts } from './hash-facts.ts';
import { removalsOf } from './removals.ts';

const counts = (payload: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Array.from(hashFacts(payload, 'salt'), ([kind, hashes]) => [kind, hashes.length]));

test('every kind is counted, and each fact once', () => {
  const payload = completePayload();
  payload.applications[0].local_users[1].groups = ['g1', 'G1'];
  payload.identity_to_permissions.push(payload.identity_to_permissions[0]);
  expect(counts(payload)).toEqual({
    users: 3,
    groups: 2,
    roles: 2,
    resources: 2,
    permissions: 2,
    memberships: 8,
    grants: 8,
  });
});

test('the same facts in another case, order and grouping have the same hashes', () => {
  const payload = completePayload();
  payload.applications.reverse();
  payload.applications[1].local_users[0].id = 'U1';
  expect(hashFacts(payload, 'salt')).toEqual(hashFacts(completePayload(), 'salt'));
});

test('another salt makes other hashes', () => {
  const [one, other] = [hashFacts(completePayload(), 'a'), hashFacts(completePayload(), 'b')];
  for (const [kind, hashes] of one) {
    const rest = new Set(other.get(kind));
    expect(hashes.filter((hash) => rest.has(hash)).length).toBe(0);
  }
});

test('of other templates the items of lists and the members of groups are counted', () => {
  const users = [
    { name: 'kim', groups: [{ identity: 'a' }, { identity: 'b' }] },
    { name: 'bo', groups: [{ identity: 'a' }] },
  ];
  const before = { idp_type: 'x', domains: [{ name: 'corp.test' }], users };
  expect(counts(before)).toEqual({ domains: 1, users: 2, memberships: 3 });
  const after = { ...before, users: [{ ...users[0], groups: [] }] };
  expect(removalsOf(hashFacts(before, 'salt'), hashFacts(after, 'salt'))).toEqual([
    { kind: 'users', removed: 1, total: 2 },
    { kind: 'memberships', removed: 3, total: 3 },
  ]);
});
