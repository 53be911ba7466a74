import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureRun, temporaryFolder } from '../test-support.ts';

const before = {
  custom_property_definition: {
    applications: [{ application_type: 'Shop', local_user_properties: { floor: 'NUMBER' } }],
  },
  applications: [
    {
      name: 'Shop',
      application_type: 'Shop',
      local_users: [
        { name: 'jane', email: 'a@example.com', groups: ['staff'], custom_properties: { floor: 1 } },
        { name: 'bob', groups: ['staff'] },
      ],
      local_groups: [{ name: 'staff' }],
      local_roles: [{ name: 'clerk', permissions: ['read'] }],
      resources: [{ name: 'till', resource_type: 'till' }],
    },
  ],
  permissions: [{ name: 'read', permission_type: ['DataRead'] }],
  identity_to_permissions: [
    {
      identity: 'staff',
      identity_type: 'local_group',
      application_permissions: [{ application: 'Shop', permission: 'read', resources: ['till'] }],
    },
  ],
};
const after = {
  custom_property_definition: {
    applications: [{ application_type: 'Shop', local_user_properties: { floor: 'NUMBER' } }],
  },
  applications: [
    {
      name: 'Shop',
      application_type: 'Shop',
      local_users: [
        { name: 'jane', email: 'b@example.com', custom_properties: { floor: 2 } },
        { name: 'zo\u001b[2Je', groups: ['staff'] },
      ],
      local_groups: [{ name: 'staff' }],
      local_roles: [{ name: 'clerk', permissions: ['read'] }],
      resources: [{ name: 'till', resource_type: 'till' }],
    },
  ],
  permissions: [{ name: 'read', permission_type: ['DataRead', 'DataWrite'] }],
  identity_to_permissions: [
    {
      identity: 'jane',
      identity_type: 'local_user',
      role_assignments: [{ application: 'Shop', role: 'clerk', apply_to_application: true }],
    },
  ],
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder({
    'old.json': JSON.stringify(before),
    'new.json': JSON.stringify(after),
    'invalid.json': JSON.stringify({ ...before, permissions: [] }),
    'corp.json': JSON.stringify({ name: 'Corp', idp_type: 'corp', domains: [{ name: 'corp.test' }] }),
    'part.json': JSON.stringify({ ...before, incremental_change: true }),
  });
});
afterAll(() => folder.remove());

const diff = (...argv: string[]) => captureRun(['diff', ...argv], { cwd: folder.path });

describe('for people', () => {
  test('what differs is told by application and kind, with counts at the end', async () => {
    expect(await diff('old.json', 'new.json')).toEqual({
      exitCode: 0,
      stdout: `Shop
  users
    ~ jane: custom_properties.floor 1 -> 2; email a@example.com -> b@example.com
    - bob
    + zo\\u001b[2Je
  memberships
    - user jane in group staff
    - user bob in group staff
    + user zo\\u001b[2Je in group staff
  grants
    - group staff: permission read on resource till
    + user jane: role clerk on the application
Payload
  permissions
    ~ read: permission_type ["DataRead"] -> ["DataRead","DataWrite"]
9 differences:
  users: 1 added, 1 removed, 1 changed
  permissions: 1 changed
  memberships: 1 added, 2 removed
  grants: 1 added, 1 removed
`,
      stderr: '',
    });
  });

  test('a payload and itself', async () => {
    expect(await diff('old.json', 'old.json')).toEqual({ exitCode: 0, stdout: 'No differences.\n', stderr: '' });
  });

  test('--limit bounds what is printed, never the counts', async () => {
    const { stdout } = await diff('old.json', 'new.json', '--limit', '2');
    expect(stdout).toBe(`Shop
  users
    ~ jane: custom_properties.floor 1 -> 2; email a@example.com -> b@example.com
    - bob
and 7 more; use --json to see all
9 differences:
  users: 1 added, 1 removed, 1 changed
  permissions: 1 changed
  memberships: 1 added, 2 removed
  grants: 1 added, 1 removed
`);
    expect((await diff('old.json', 'new.json', '--limit', '0')).stdout).toMatch(/^and 9 more; /);
    expect((await diff('old.json', 'new.json', '--limit', '1.5')).exitCode).toBe(2);
  });

  test('one side may come from stdin, not both', async () => {
    const stdin = Readable.from([JSON.stringify(before)]);
    const options = { cwd: folder.path, stdin };
    expect((await captureRun(['diff', '-', 'old.json'], options)).stdout).toBe('No differences.\n');
    expect((await diff('-', '-')).exitCode).toBe(2);
  });

  test('an incremental payload is told apart', async () => {
    const { stderr } = await diff('old.json', 'part.json');
    expect(stderr).toContain('part.json is incremental: what it does not name stays on the tenant');
  });
});

test('--detailed-exit makes exit code 7 when there are differences', async () => {
  expect((await diff('old.json', 'new.json', '--detailed-exit')).exitCode).toBe(7);
  expect((await diff('old.json', 'old.json', '--detailed-exit')).exitCode).toBe(0);
});

test('--json prints the whole document', async () => {
  const { exitCode, stdout, stderr } = await diff('old.json', 'new.json', '--json', '--detailed-exit', '--limit', '1');
  expect({ exitCode, stderr }).toEqual({ exitCode: 7, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    template: 'application',
    different: true,
    counts: { users: { added: 1, removed: 1, changed: 1 }, groups: { added: 0, removed: 0, changed: 0 } },
    differences: { users: [{ key: 'jane' }, { key: 'bob', change: 'removed' }, { change: 'added' }] },
  });
});

describe('what cannot be compared makes exit code 3', () => {
  test('an invalid payload, with its problems', async () => {
    const { exitCode, stdout, stderr } = await diff('old.json', 'invalid.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('Error: invalid.json is not a valid payload (2 errors, 0 warnings).');
    expect(stderr).toContain('error dangling-permission $.applications[0].local_roles[0].permissions[0]');
  });

  test('payloads of different templates', async () => {
    const { exitCode, stderr } = await diff('old.json', 'corp.json');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('different templates: application and identity_provider');
  });
});
