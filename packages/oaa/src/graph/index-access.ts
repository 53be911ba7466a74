import type {
  IdentityType,
  WireApplication,
  WireApplicationPayload,
  WireIdentityToPermissions,
  WirePermission,
  WireRole,
} from '../payload/application/wire.ts';
import { foldKey, KeyMap } from '../payload/keys.ts';
import type {
  AccessIndex,
  ApplicationNode,
  PermissionNode,
  PrincipalNode,
  RoleNode,
  TargetNode,
} from './access-index.ts';
import { addResources } from './targets.ts';

/**
 * Turns an application payload into the graph that `accessOf`, `accessPaths` and `whoCan` walk. Time and memory are
 * linear in the payload, which is not changed or kept.
 *
 * Give it a payload that `validate` finds no error in. References to what is not there are left out (the tenant knows
 * nothing behind them either), entities with equal keys are taken as one, and cycles do no harm.
 */
export function indexAccess(payload: WireApplicationPayload): AccessIndex {
  const permissions = new KeyMap<PermissionNode>();
  for (const permission of payload.permissions) enter(permissions, permission.name, permissionNode(permission));
  const applications = new KeyMap<Draft>();
  for (const application of payload.applications) {
    if (!applications.has(application.name))
      applications.set(application.name, applicationNode(application, permissions));
  }
  for (const entry of payload.identity_to_permissions) addGrants(entry, applications, permissions);
  for (const application of payload.applications) {
    const node = applications.get(application.name);
    if (node !== undefined) linkIdentities(application, node);
  }
  return { applications, permissions };
}

/** An application that is still being read. */
interface Draft extends ApplicationNode {
  readonly resources: KeyMap<TargetNode>;
  readonly users: KeyMap<PrincipalNode>;
  readonly groups: KeyMap<PrincipalNode>;
  readonly roles: KeyMap<RoleNode>;
  readonly credentials: KeyMap<PrincipalNode>;
  readonly identities: KeyMap<PrincipalNode>;
}

function permissionNode(permission: WirePermission): PermissionNode {
  return {
    name: permission.name,
    canonical: permission.permission_type,
    appliesToSubResources: permission.apply_to_sub_resources === true,
    resourceTypes: new Set(permission.resource_types?.map(foldKey)),
    grantedOn: new Map(),
  };
}

function applicationNode(application: WireApplication, permissions: KeyMap<PermissionNode>): Draft {
  const root: TargetNode = {
    application: application.name,
    key: undefined,
    type: undefined,
    parent: undefined,
    children: [],
  };
  const node: Draft = {
    name: application.name,
    root,
    resources: new KeyMap(),
    users: new KeyMap(),
    groups: new KeyMap(),
    roles: new KeyMap(),
    credentials: new KeyMap(),
    identities: new KeyMap(),
    rolesByPermission: new Map(),
  };
  addResources(root, application.resources ?? [], node.resources);
  for (const credential of application.local_access_creds ?? []) {
    enter(node.credentials, credential.id, principal('credential', credential.id, credential.name));
  }
  addRoles(application.local_roles ?? [], node, permissions);
  for (const group of application.local_groups ?? []) {
    const key = group.id ?? group.name;
    enter(node.groups, key, principal('group', key, group.name));
  }
  for (const group of application.local_groups ?? []) {
    link(node.groups.get(group.id ?? group.name), group.groups, node.groups);
  }
  for (const user of application.local_users ?? []) {
    const key = user.id ?? user.name;
    enter(node.users, key, principal('user', key, user.name));
    link(node.users.get(key), user.groups, node.groups);
    link(node.users.get(key), user.access_creds, node.credentials);
  }
  return node;
}

function addRoles(roles: readonly WireRole[], application: Draft, permissions: KeyMap<PermissionNode>): void {
  for (const role of roles) {
    const key = role.id ?? role.name;
    enter(application.roles, key, {
      ...principal('role', key, role.name),
      kind: 'role',
      permissions: new Set(),
      contains: new Set(),
      containedIn: new Set(),
      assignedOn: new Map(),
    });
  }
  for (const wire of roles) {
    const role = application.roles.get(wire.id ?? wire.name);
    if (role === undefined) continue;
    for (const name of wire.permissions ?? []) {
      const permission = permissions.get(name);
      if (permission === undefined) continue;
      role.permissions.add(permission);
      addTo(application.rolesByPermission, permission, role);
    }
    for (const name of wire.roles ?? []) {
      const contained = application.roles.get(name);
      if (contained === undefined) continue;
      role.contains.add(contained);
      contained.containedIn.add(role);
    }
    link(role, wire.roles, application.roles);
  }
}

function addGrants(
  entry: WireIdentityToPermissions,
  applications: KeyMap<Draft>,
  permissions: KeyMap<PermissionNode>,
): void {
  for (const grant of entry.application_permissions ?? []) {
    const application = applications.get(grant.application);
    const permission = permissions.get(grant.permission);
    if (application === undefined || permission === undefined) continue;
    const holder = holderOf(application, entry.identity_type, entry.identity);
    if (holder === undefined) continue;
    for (const target of targetsOf(application, grant)) {
      addTo(holder.grants, permission, target);
      addTo(permission.grantedOn, target, holder);
    }
  }
  for (const assignment of entry.role_assignments ?? []) {
    const application = applications.get(assignment.application);
    const role = application?.roles.get(assignment.role);
    if (application === undefined || role === undefined) continue;
    const holder = holderOf(application, entry.identity_type, entry.identity);
    if (holder === undefined) continue;
    for (const target of targetsOf(application, assignment)) {
      addTo(holder.assignments, role, target);
      addTo(role.assignedOn, target, holder);
    }
  }
}

/** Identities belong to a provider elsewhere, so the first grant makes them known; all others must be in the application. */
function holderOf(application: Draft, type: IdentityType, key: string): PrincipalNode | undefined {
  switch (type) {
    case 'local_user':
      return application.users.get(key);
    case 'local_group':
      return application.groups.get(key);
    case 'local_role':
      return application.roles.get(key);
    case 'local_access_creds':
      return application.credentials.get(key);
    case 'idp':
      enter(application.identities, key, principal('identity', key, key));
      return application.identities.get(key);
  }
}

function* targetsOf(
  application: Draft,
  grant: { readonly apply_to_application?: boolean; readonly resources?: readonly string[] },
): Generator<TargetNode> {
  if (grant.apply_to_application === true) yield application.root;
  for (const key of grant.resources ?? []) {
    const target = application.resources.get(key);
    if (target !== undefined) yield target;
  }
}

function linkIdentities(application: WireApplication, node: Draft): void {
  if (node.identities.size === 0) return;
  for (const user of application.local_users ?? []) {
    link(node.users.get(user.id ?? user.name), user.identities, node.identities);
  }
  for (const group of application.local_groups ?? []) {
    link(node.groups.get(group.id ?? group.name), group.identities, node.identities);
  }
}

function principal(kind: PrincipalNode['kind'], key: string, name: string): PrincipalNode {
  return { kind, key, name, actsAs: new Set(), actedBy: new Set(), grants: new Map(), assignments: new Map() };
}

function link(
  from: PrincipalNode | undefined,
  keys: readonly string[] | undefined,
  known: KeyMap<PrincipalNode>,
): void {
  for (const key of keys ?? []) {
    const to = known.get(key);
    if (from === undefined || to === undefined) continue;
    from.actsAs.add(to);
    to.actedBy.add(from);
  }
}

function enter<Value>(map: KeyMap<Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}

function addTo<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}
