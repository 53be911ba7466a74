import type { CanonicalPermission } from '../payload/canonical-permissions.ts';

/** What a permission or a role is given on: the application itself, or one of its resources when `resource` (its key) is there. */
export interface AccessTarget {
  /** Name of the application. */
  readonly application: string;
  /** Key of the resource: the path from the top resource, joined with `.`; each segment is the id or, without one, the name. */
  readonly resource?: string;
}

/** One step on the way from somebody to a permission. `key` is what other parts of the payload refer to, `name` what people read. */
export type AccessStep =
  | { readonly kind: 'user'; readonly key: string; readonly name: string }
  /** Has this access credential. */
  | { readonly kind: 'credential'; readonly key: string; readonly name: string }
  /** Is this identity of an identity provider. */
  | { readonly kind: 'identity'; readonly key: string; readonly name: string }
  /** Is a member of this group. */
  | { readonly kind: 'group'; readonly key: string; readonly name: string }
  /** Has this role, `on` the target that it is assigned to; without `on` the role itself is what holds the following grant. */
  | { readonly kind: 'role'; readonly key: string; readonly name: string; readonly on?: AccessTarget }
  /** The role before contains this role. */
  | { readonly kind: 'contained-role'; readonly key: string; readonly name: string }
  /** Has, or as a role gives, this permission. */
  | { readonly kind: 'permission'; readonly key: string; readonly name: string }
  /** On this target, either given there or inherited from an application or resource above it. */
  | { readonly kind: 'target'; readonly on: AccessTarget; readonly inheritedFrom?: AccessTarget };

/** A chain of steps that by itself gives the access: it begins with whoever has it and ends with the target. */
export type AccessPath = readonly AccessStep[];

/** One permission on one target, with one way of coming to it. */
export interface Access {
  /** Name of the application. */
  readonly application: string;
  /** Key of the resource, or undefined for the application itself. */
  readonly resource: string | undefined;
  /** Name of the permission. */
  readonly permission: string;
  /** What the permission means to the tenant. */
  readonly canonical: readonly CanonicalPermission[];
  readonly path: AccessPath;
}
