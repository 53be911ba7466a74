import { expect, test } from 'vitest';
import { mergeGrants } from './merge-grants.ts';
import type { WireIdentityToPermissions } from './wire.ts';

const entry = (identity: string, application: string, more: object = {}): WireIdentityToPermissions => ({
  identity,
  identity_type: 'local_user',
  application_permissions: [{ application, permission: 'read', apply_to_application: true }],
  ...more,
});
const role = (application: string) => ({ application, role: 'admin', apply_to_application: true });

test('an identity has one entry, at the place and with the spelling of its first', () => {
  const entries = [
    entry('Jane', 'EU'),
    entry('joe', 'EU'),
    entry('JANE', 'US', { role_assignments: [role('US')] }),
    entry('jane', 'US', { identity_type: 'local_group' }),
  ];
  expect([...mergeGrants(entries)]).toEqual([
    {
      identity: 'Jane',
      identity_type: 'local_user',
      application_permissions: [
        { application: 'EU', permission: 'read', apply_to_application: true },
        { application: 'US', permission: 'read', apply_to_application: true },
      ],
      role_assignments: [role('US')],
    },
    entry('joe', 'EU'),
    entry('jane', 'US', { identity_type: 'local_group' }),
  ]);
});

test('there is none when there are none', () => {
  expect([...mergeGrants([])]).toEqual([]);
});
