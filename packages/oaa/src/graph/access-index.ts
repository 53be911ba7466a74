import type { CanonicalPermission } from '../payload/canonical-permissions.ts';

/** The payload as a graph that queries walk in either direction. Made by `indexAccess`; its nodes are not for changing. */
export interface AccessIndex {
  readonly applications: Lookup<ApplicationNode>;
  readonly permissions: Lookup<PermissionNode>;
}

/** Nodes by key, compared as the tenant compares keys; in the order of the payload. */
export interface Lookup<Node> extends Iterable<Node> {
  get(key: string): Node | undefined;
}

export interface ApplicationNode {
  readonly name: string;
  /** The application itself as a target; the top resources are its children. */
  readonly root: TargetNode;
  readonly resources: Lookup<TargetNode>;
  readonly users: Lookup<PrincipalNode>;
  readonly groups: Lookup<PrincipalNode>;
  readonly roles: Lookup<RoleNode>;
  readonly credentials: Lookup<PrincipalNode>;
  /** Identities of identity providers that hold grants in this application. */
  readonly identities: Lookup<PrincipalNode>;
  /** The roles that list a permission themselves. */
  readonly rolesByPermission: Map<PermissionNode, Set<RoleNode>>;
}

/** The application or a resource. */
export interface TargetNode {
  readonly application: string;
  /** Key of the resource; undefined for the application. */
  readonly key: string | undefined;
  /** Folded type of the resource; undefined for the application. */
  readonly type: string | undefined;
  readonly parent: TargetNode | undefined;
  readonly children: TargetNode[];
}

export interface PermissionNode {
  readonly name: string;
  readonly canonical: readonly CanonicalPermission[];
  /** Also covers everything below what it is given on. */
  readonly appliesToSubResources: boolean;
  /** Folded types of the resources that get it through a role; empty for no limit. */
  readonly resourceTypes: ReadonlySet<string>;
  /** Who is given it directly, by target. */
  readonly grantedOn: Map<TargetNode, Set<PrincipalNode>>;
}

/** Whatever can be given a permission or a role. */
export interface PrincipalNode {
  readonly kind: 'user' | 'group' | 'role' | 'credential' | 'identity';
  readonly key: string;
  readonly name: string;
  /** Whose grants this principal has too: its groups, credentials and identities; for a role the roles that it contains. */
  readonly actsAs: Set<PrincipalNode>;
  /** The same edges from the other end. */
  readonly actedBy: Set<PrincipalNode>;
  /** Permissions given to this very principal. */
  readonly grants: Map<PermissionNode, Set<TargetNode>>;
  /** Roles assigned to this very principal. */
  readonly assignments: Map<RoleNode, Set<TargetNode>>;
}

export interface RoleNode extends PrincipalNode {
  readonly kind: 'role';
  readonly permissions: Set<PermissionNode>;
  readonly contains: Set<RoleNode>;
  readonly containedIn: Set<RoleNode>;
  readonly assignedOn: Map<TargetNode, Set<PrincipalNode>>;
}

/** Adds up the edges that a query walks, so that a test can tell its work without a clock. */
export interface WorkMeter {
  steps: number;
}
