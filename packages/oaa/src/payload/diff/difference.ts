import type { IdentityType } from '../application/wire.ts';

/** What became of an entry: only in the new payload, only in the old one, or in both with other values. */
export type Change = 'added' | 'removed' | 'changed';

/** One field of an entity with two values; `null` stands for none. */
export interface FieldChange {
  /** A key of the wire; `custom_properties.floor` for a custom property. */
  readonly field: string;
  /** `(secret)` under a name that sounds like a secret. */
  readonly from: unknown;
  readonly to: unknown;
}

/** Kinds of entries of the application template, in the order in which they are told. */
export const diffKinds = [
  'applications',
  'users',
  'groups',
  'roles',
  'accessCredentials',
  'resources',
  'permissions',
  'memberships',
  'grants',
  'propertyDefinitions',
] as const;

export type DiffKind = (typeof diffKinds)[number];

interface Entry {
  readonly change: Change;
  /** Name of the application that the entry belongs to; left out where it belongs to the whole payload. */
  readonly application?: string;
  /** What differs, by field name; only where `change` is `changed`. */
  readonly fields?: readonly FieldChange[];
}

/** An entity. Of other templates: an item of the list that `kind` names, or (`root`) what stands beside the lists. */
export interface EntityDifference extends Entry {
  readonly kind: string;
  /** As references name it: the id, else the name; for a resource the path of them from the top. */
  readonly key: string;
  /** Where it is another than the key. */
  readonly name?: string;
}

export type MembershipType = 'userInGroup' | 'groupInGroup' | 'credentialOfUser' | 'roleInRole' | 'permissionInRole';

export interface MembershipDifference extends Entry {
  readonly kind: 'memberships';
  readonly type: MembershipType;
  readonly member: string;
  /** The group, role or user that the member is in or of. */
  readonly of: string;
}

/** One identity, one permission or role, one target. */
export interface Grant {
  readonly identityType: IdentityType;
  readonly identity: string;
  readonly permission?: string;
  readonly role?: string;
  /** Key of the resource; left out when the target is the application itself. */
  readonly resource?: string;
}

export interface GrantDifference extends Entry, Grant {
  readonly kind: 'grants';
}

export interface DefinitionDifference extends Entry {
  readonly kind: 'propertyDefinitions';
  readonly applicationType: string;
  /** Whose property: a key of the wire (`local_user_properties`), or `resources` with the resource type behind a dot. */
  readonly of: string;
  readonly property: string;
}

export type Difference = EntityDifference | MembershipDifference | GrantDifference | DefinitionDifference;
