import type { WireApplicationPayload, WireGroup, WireIdentityToPermissions, WireRole, WireUser } from '@oaa-kit/oaa';
import { groups, users } from '../attributes/test-mapping.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type { Link } from '../directory/write-back.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { ResourceInGroups } from './projection.ts';

export const mapping = { User: users, Group: groups };

/** A base with these entities; grants are a role each. */
export function baseOf({
  users: localUsers = [],
  groups: localGroups = [],
  roles = [{ name: 'reader', permissions: ['read'] }],
  grants = [],
}: {
  readonly users?: readonly WireUser[];
  readonly groups?: readonly WireGroup[];
  readonly roles?: readonly WireRole[];
  readonly grants?: readonly WireIdentityToPermissions[];
}): WireApplicationPayload {
  return {
    custom_property_definition: { applications: [] },
    applications: [
      {
        name: 'Shop EU',
        application_type: 'Shop',
        local_users: localUsers,
        local_groups: localGroups,
        local_roles: roles,
      },
    ],
    permissions: [{ name: 'read', permission_type: ['DataRead'] }],
    identity_to_permissions: grants,
  };
}

/** The role `reader`, for somebody. */
export function readerGrant(
  identity: string,
  identity_type: WireIdentityToPermissions['identity_type'] = 'local_user',
  role = 'reader',
): WireIdentityToPermissions {
  return {
    identity,
    identity_type,
    role_assignments: [{ application: 'Shop EU', role, apply_to_application: true }],
  };
}

export function link(kind: ResourceKind, id: string, key: string, state: Link['state'] = 'live'): Link {
  return { kind, id, key, nativeId: undefined, state, since: 1 };
}

/** A user or group of the directory, with the ids of its groups. */
export function resource(id: string, attributes: ScimObject, ...groupIds: readonly string[]): ResourceInGroups {
  return { resource: { id, attributes }, groupIds };
}
