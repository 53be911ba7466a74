import type { IdentityType, WireIdentityToPermissions, WirePermissionGrant, WireRoleAssignment } from './wire.ts';

type Mutable<Wire> = { -readonly [Key in keyof Wire]: Wire[Key] };

/** What one identity was given, as it stands on the wire; undefined when that is nothing. */
export function identityGrants(
  identity: string,
  identityType: IdentityType,
  permissions: readonly WirePermissionGrant[],
  roles: readonly WireRoleAssignment[],
): WireIdentityToPermissions | undefined {
  if (permissions.length === 0 && roles.length === 0) return undefined;
  const wire: Mutable<WireIdentityToPermissions> = { identity, identity_type: identityType };
  if (permissions.length > 0) wire.application_permissions = permissions;
  if (roles.length > 0) wire.role_assignments = roles;
  return wire;
}
