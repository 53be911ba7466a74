import type {
  WireApplication,
  WireApplicationPayload,
  WireIdentityToPermissions,
  WirePermission,
  WirePermissionGrant,
  WireRoleAssignment,
} from '../payload/application/wire.ts';

/* Payloads for the tests of this room, in few words. */

const wiki = 'wiki';

export function payloadOf(
  application: Partial<WireApplication>,
  identity_to_permissions: readonly WireIdentityToPermissions[],
  permissions: readonly WirePermission[] = [permission('edit')],
): WireApplicationPayload {
  return {
    custom_property_definition: { applications: [] },
    applications: [{ name: wiki, application_type: 'Wiki', ...application }],
    permissions,
    identity_to_permissions,
  };
}

export function permission(name: string, rules: Partial<WirePermission> = {}): WirePermission {
  return { name, permission_type: ['DataWrite'], apply_to_sub_resources: false, resource_types: [], ...rules };
}

export function grant(name: string, ...resources: string[]): WirePermissionGrant {
  return resources.length === 0
    ? { application: wiki, permission: name, apply_to_application: true }
    : { application: wiki, permission: name, resources };
}

export function assignment(role: string, ...resources: string[]): WireRoleAssignment {
  return { application: wiki, role, apply_to_application: resources.length === 0, resources };
}

export function given(
  identity_type: WireIdentityToPermissions['identity_type'],
  identity: string,
  ...grants: (WirePermissionGrant | WireRoleAssignment)[]
): WireIdentityToPermissions {
  return {
    identity,
    identity_type,
    application_permissions: grants.filter((one) => 'permission' in one),
    role_assignments: grants.filter((one) => 'role' in one),
  };
}

export const jane = { name: 'jane' };
export const space = { name: 'space', resource_type: 'Space' };
export const nested = {
  ...space,
  sub_resources: [
    { name: 'page', resource_type: 'Page', sub_resources: [{ name: 'file', resource_type: 'File' }] },
    { name: 'draft', resource_type: 'Draft' },
  ],
};
