import type { CanonicalPermission } from '../canonical-permissions.ts';
import type { WireOwner } from '../owners.ts';
import type { PropertyType, PropertyValue } from '../properties.ts';
import type { WireTag } from '../tags.ts';

/** The application template as it stands on the wire (`../../../README.md` names the facts behind each key). */
export interface WireApplicationPayload {
  readonly custom_property_definition: { readonly applications: readonly WireApplicationProperties[] };
  readonly applications: readonly WireApplication[];
  readonly permissions: readonly WirePermission[];
  readonly identity_to_permissions: readonly WireIdentityToPermissions[];
  readonly incremental_change?: boolean;
}

export type WirePropertyDefinitions = Readonly<Record<string, PropertyType>>;
export type WireProperties = Readonly<Record<string, PropertyValue>>;

export interface WireApplicationProperties {
  readonly application_type: string;
  readonly application_properties?: WirePropertyDefinitions;
  readonly local_user_properties?: WirePropertyDefinitions;
  readonly local_group_properties?: WirePropertyDefinitions;
  readonly local_role_properties?: WirePropertyDefinitions;
  readonly role_assignment_properties?: WirePropertyDefinitions;
  readonly local_access_creds_properties?: WirePropertyDefinitions;
  readonly resources?: readonly { readonly resource_type: string; readonly properties: WirePropertyDefinitions }[];
}

/** What every entity may carry. */
export interface WireAttachments {
  readonly tags?: readonly WireTag[];
  readonly custom_properties?: WireProperties;
  readonly owners?: readonly WireOwner[];
}

export interface WireApplication extends WireAttachments {
  readonly name: string;
  readonly application_type: string;
  readonly description?: string | null;
  readonly local_users?: readonly WireUser[];
  readonly local_groups?: readonly WireGroup[];
  readonly local_roles?: readonly WireRole[];
  readonly local_access_creds?: readonly WireAccessCredential[];
  readonly resources?: readonly WireResource[];
}

export type UserType = 'human' | 'service_account';

export interface WireUser extends WireAttachments {
  readonly id?: string;
  readonly name: string;
  readonly email?: string;
  readonly identities?: readonly string[];
  readonly groups?: readonly string[];
  readonly access_creds?: readonly string[];
  readonly is_active?: boolean;
  readonly created_at?: string;
  readonly last_login_at?: string;
  readonly deactivated_at?: string;
  readonly password_last_changed_at?: string;
  readonly user_type?: UserType;
}

export interface WireGroup extends WireAttachments {
  readonly id?: string;
  readonly name: string;
  readonly identities?: readonly string[];
  readonly created_at?: string;
  /** The groups that this group is a member of. */
  readonly groups?: readonly string[];
}

export interface WireRole extends WireAttachments {
  readonly id?: string;
  readonly name: string;
  readonly permissions?: readonly string[];
  /** The roles contained in this role. */
  readonly roles?: readonly string[];
}

export interface WireAccessCredential extends WireAttachments {
  readonly id: string;
  readonly name: string;
  readonly is_active?: boolean;
  readonly can_expire?: boolean;
  readonly created_at?: string;
  readonly expires_at?: string;
  readonly last_used_at?: string;
}

export interface WireConnection {
  readonly id: string;
  readonly node_type: string;
}

export interface WireResource extends WireAttachments {
  readonly id?: string;
  readonly name: string;
  readonly resource_type: string;
  readonly description?: string;
  readonly connections?: readonly WireConnection[];
  readonly sub_resources?: readonly WireResource[];
}

export interface WirePermission {
  readonly name: string;
  readonly permission_type: readonly CanonicalPermission[];
  readonly apply_to_sub_resources?: boolean;
  readonly resource_types?: readonly string[];
}

export type IdentityType = 'local_user' | 'local_group' | 'local_role' | 'idp' | 'local_access_creds';

/** To the application (`apply_to_application: true`) or to `resources`, named by their keys. */
export interface WirePermissionGrant {
  readonly application: string;
  readonly permission: string;
  readonly apply_to_application?: boolean;
  readonly resources?: readonly string[];
}

export interface WireRoleAssignment {
  readonly application: string;
  readonly role: string;
  readonly apply_to_application?: boolean;
  readonly resources?: readonly string[];
  readonly custom_properties?: WireProperties;
}

export interface WireIdentityToPermissions {
  readonly identity: string;
  readonly identity_type: IdentityType;
  readonly application_permissions?: readonly WirePermissionGrant[];
  readonly role_assignments?: readonly WireRoleAssignment[];
}
