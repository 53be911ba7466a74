import { expect, test } from 'vitest';
import { formatPath, indexAccess, whoCan } from './index.ts';
import { assignment, given, grant, jane, nested, payloadOf, permission } from './test-payload.ts';

test('whoCan finds users however they come to it, and the identities and credentials that no user carries', () => {
  const payload = payloadOf(
    {
      local_users: [
        { ...jane, groups: ['staff'] },
        { name: 'otto', identities: ['otto@example.com'] },
        { name: 'nobody', groups: ['guests'] },
      ],
      local_groups: [{ name: 'staff' }, { name: 'guests', identities: ['all-guests'] }],
      local_access_creds: [{ id: 'k1', name: 'CI key' }],
      local_roles: [{ name: 'editor', permissions: ['edit'] }],
      resources: [nested],
    },
    [
      given('local_group', 'staff', assignment('editor')),
      given('idp', 'otto@example.com', grant('edit', 'space')),
      given('idp', 'eve@example.com', grant('edit', 'space.page')),
      given('local_access_creds', 'k1', grant('edit', 'space.page.file')),
      given('local_user', 'nobody', grant('edit', 'space.draft')),
    ],
    [permission('edit', { apply_to_sub_resources: true })],
  );
  const holders = [...whoCan(indexAccess(payload), { permission: 'edit', resource: 'space.page.file' })];
  expect(holders.map(({ path, ...holder }) => [holder, formatPath(path)])).toEqual([
    [
      { application: 'wiki', kind: 'credential', key: 'k1', name: 'CI key' },
      'credential CI key (k1) -> has permission edit -> on resource space.page.file',
    ],
    [
      { application: 'wiki', kind: 'identity', key: 'eve@example.com', name: 'eve@example.com' },
      'identity eve@example.com -> has permission edit -> on resource space.page.file, inherited from resource space.page',
    ],
    [
      { application: 'wiki', kind: 'user', key: 'otto', name: 'otto' },
      'user otto -> is identity otto@example.com -> has permission edit -> on resource space.page.file, inherited from resource space',
    ],
    [
      { application: 'wiki', kind: 'user', key: 'jane', name: 'jane' },
      'user jane -> member of group staff -> has role editor on application wiki -> gives permission edit -> on resource space.page.file, inherited from application wiki',
    ],
  ]);
});
