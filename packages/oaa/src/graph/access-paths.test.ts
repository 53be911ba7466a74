import { describe, expect, test } from 'vitest';
import { accessPaths, formatPath, indexAccess, type WorkMeter } from './index.ts';
import { assignment, given, grant, jane, nested, payloadOf, permission } from './test-payload.ts';

describe('accessPaths', () => {
  const everyWay = payloadOf(
    {
      local_users: [{ ...jane, groups: ['authors', 'staff'] }],
      local_groups: [{ name: 'authors', groups: ['staff'] }, { name: 'staff' }],
      local_roles: [{ name: 'editor', permissions: ['edit'] }],
      resources: [nested],
    },
    [
      given('local_user', 'jane', grant('edit', 'space.page')),
      given('local_group', 'staff', assignment('editor', 'space')),
    ],
    [permission('edit', { apply_to_sub_resources: true })],
  );

  test('finds every way, shortest first', () => {
    const answer = accessPaths(indexAccess(everyWay), { user: 'jane', permission: 'edit', resource: 'space.page' });
    expect({ ...answer, paths: answer.paths.map(formatPath) }).toEqual({
      complete: true,
      paths: [
        'user jane -> has permission edit -> on resource space.page',
        'user jane -> member of group staff -> has role editor on resource space -> gives permission edit -> on resource space.page, inherited from resource space',
        'user jane -> member of group authors -> member of group staff -> has role editor on resource space -> gives permission edit -> on resource space.page, inherited from resource space',
      ],
    });
  });

  test('finds nothing where there is no such access', () => {
    const answer = accessPaths(indexAccess(everyWay), { user: 'jane', permission: 'edit' });
    expect(answer).toEqual({ complete: true, paths: [] });
  });

  test('says so when it stopped at the limit', () => {
    const query = { user: 'jane', permission: 'edit', resource: 'space.page' };
    const cut = accessPaths(indexAccess(everyWay), { ...query, limit: 2 });
    expect({ ...cut, paths: cut.paths.length }).toEqual({ complete: false, paths: 2 });
    expect(accessPaths(indexAccess(everyWay), { ...query, limit: 3 }).complete).toBe(true);
  });

  test('does not count the ways that it does not return', () => {
    const layers = 30;
    const local_groups = Array.from({ length: layers }, (_, layer) =>
      ['left', 'right'].map((side) => ({ name: `${side}${layer}`, groups: [`left${layer + 1}`, `right${layer + 1}`] })),
    ).flat();
    const payload = payloadOf({ local_users: [{ ...jane, groups: ['left0', 'right0'] }], local_groups }, [
      given('local_group', `left${layers - 1}`, grant('edit')),
    ]);
    const meter: WorkMeter = { steps: 0 };
    const answer = accessPaths(indexAccess(payload), { user: 'jane', permission: 'edit', limit: 10, meter });
    expect({ complete: answer.complete, paths: answer.paths.length }).toEqual({ complete: false, paths: 10 });
    expect(meter.steps).toBeLessThan(10 * layers * 2 + layers * 4);
  });
});
