import { describe, expect, test } from 'vitest';
import { accessOf, accessPaths, indexAccess, type WorkMeter, whoCan } from './index.ts';
import { assignment, given, grant, payloadOf } from './test-payload.ts';

describe('a query', () => {
  const users = 5_000;
  const large = payloadOf(
    {
      local_users: Array.from({ length: users }, (_, index) => ({ name: `u${index}`, groups: [`g${index % 50}`] })),
      local_groups: Array.from({ length: 50 }, (_, index) => ({ name: `g${index}` })),
      local_roles: [{ name: 'editor', permissions: ['edit'] }],
      resources: Array.from({ length: users }, (_, index) => ({ name: `r${index}`, resource_type: 'Page' })),
    },
    [
      ...Array.from({ length: users }, (_, index) => given('local_user', `u${index}`, grant('edit', `r${index}`))),
      given('local_group', 'g7', assignment('editor', 'r1')),
    ],
  );

  test('about one user touches nothing of the others', () => {
    const index = indexAccess(large);
    const meter: WorkMeter = { steps: 0 };
    expect([...accessOf(index, { user: 'u7', meter })].map((access) => access.resource)).toEqual(['r7', 'r1']);
    expect(accessPaths(index, { user: 'u7', permission: 'edit', resource: 'r1', meter }).paths).toHaveLength(1);
    expect(meter.steps).toBeLessThan(20);
  });

  test('about one resource touches only those who have access to it', () => {
    const meter: WorkMeter = { steps: 0 };
    expect(
      [...whoCan(indexAccess(large), { permission: 'edit', resource: 'r9', meter })].map(({ key }) => key),
    ).toEqual(['u9']);
    expect(meter.steps).toBeLessThan(5);
  });
});

test('indexing reads every part of the payload a bounded number of times', () => {
  const readsOf = (size: number): number => {
    let reads = 0;
    const counted = <Value extends object>(value: Value): Value =>
      new Proxy(value, {
        get(target, key, receiver) {
          reads += 1;
          const inner: unknown = Reflect.get(target, key, receiver);
          return typeof inner === 'object' && inner !== null ? counted(inner) : inner;
        },
      });
    const names = Array.from({ length: size }, (_, index) => `x${index}`);
    indexAccess(
      counted(
        payloadOf(
          {
            local_users: names.map((name) => ({ name, groups: [name], identities: [name] })),
            local_groups: names.map((name) => ({ name, identities: [name] })),
            local_roles: names.map((name) => ({ name, permissions: ['edit'] })),
            resources: names.map((name) => ({
              name,
              resource_type: 'Page',
              sub_resources: [{ name, resource_type: 'File' }],
            })),
          },
          names.map((name) => given('idp', name, grant('edit', name), assignment(name))),
        ),
      ),
    );
    return reads;
  };
  expect(readsOf(400) / readsOf(200)).toBeLessThan(2.05);
});
