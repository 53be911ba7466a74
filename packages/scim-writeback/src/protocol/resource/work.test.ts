import { expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { normaliseResource } from './normalise-resource.ts';
import { groups, users } from './test-schemas.ts';

/** How often the parts of `count` members are read while a group of them is stored in place of another. */
function readsOf(count: number): number {
  let reads = 0;
  const counted = (value: object) =>
    new Proxy(value, {
      get(target, name, receiver) {
        reads++;
        return Reflect.get(target, name, receiver);
      },
    });
  const members = Array.from({ length: count }, (_, index) => counted({ value: String(index), type: 'User' }));
  const before = Array.from(
    { length: count },
    (_, index) => counted({ value: String(index), display: 'x' }) as ScimObject,
  );
  const current = { displayName: 'G', members: before };
  normaliseResource({ schemas: [groups.type.schema.id], displayName: 'G', members }, groups, standardProfile, current);
  return reads;
}

test('the work on a list is in proportion to its length', () => {
  expect(readsOf(1000)).toBe(100 * readsOf(10));
  expect(readsOf(1)).toBeLessThan(20);
});

test('values of any depth are looked at no deeper than the schema goes', () => {
  let deep: unknown = 'x';
  for (let depth = 0; depth < 100_000; depth++) deep = depth % 2 === 0 ? [deep] : { value: deep };
  const body = { schemas: [users.type.schema.id], userName: 'a', unknown: deep, name: deep, meta: deep };
  expect(normaliseResource(body, users, standardProfile).userName).toBe('a');
  for (const name of ['title', 'emails', 'active']) {
    expect(() => normaliseResource({ ...body, [name]: deep }, users, standardProfile)).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  }
});
