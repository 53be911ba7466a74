import { compileAssignment, compileIdpIdentity } from './compile-assignment.ts';
import { attachments } from './compile-attachments.ts';
import { compileBoolean } from './compile-boolean.ts';
import type { MappingPath } from './compile-context.ts';
import { compileEntity } from './compile-entity.ts';
import { compileGrants } from './compile-grants.ts';
import { compileLink } from './compile-links.ts';
import { compilePermission } from './compile-permission.ts';
import { compileResource } from './compile-resource.ts';
import { compileText, compileTexts } from './compile-text.ts';
import { compileTimestamp } from './compile-timestamp.ts';
import { type Field, field, optionalReader } from './fields.ts';
import type { ItemContext, ItemStep } from './item-context.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import type { MappingItem } from './mapping-schema.ts';
import { oneOf } from './one-of.ts';
import type { ValueSpec } from './value-spec.ts';

type Spec<Kind extends keyof MappingItem> = NonNullable<MappingItem[Kind]>;

const groupsOf = (application: ApplicationLedger) => application.groups;
const usersOf = (application: ApplicationLedger) => application.users;
const userType = oneOf(['human', 'service_account']);

/** Timestamps: pairs of the key on the wire and the name in the mapping. */
function timestamps<Name extends string>(
  spec: Readonly<Partial<Record<Name, ValueSpec | undefined>>>,
  keys: readonly (readonly [key: string, name: Name])[],
  context: ItemContext,
  path: MappingPath,
): Field[] {
  return keys.flatMap(([key, name]) => field(key, spec[name], compileTimestamp, context, [...path, name]));
}

function compileUser(spec: Spec<'user'>, context: ItemContext, path: MappingPath): ItemStep {
  const fields = [
    ...field('email', spec.email, compileText, context, [...path, 'email']),
    ...field('identities', spec.identities, compileTexts, context, [...path, 'identities']),
    ...field('is_active', spec.isActive, compileBoolean, context, [...path, 'isActive']),
    ...timestamps(
      spec,
      [
        ['created_at', 'createdAt'],
        ['last_login_at', 'lastLoginAt'],
        ['deactivated_at', 'deactivatedAt'],
        ['password_last_changed_at', 'passwordLastChangedAt'],
      ],
      context,
      path,
    ),
    ...field('user_type', spec.userType, userType, context, [...path, 'userType']),
    ...attachments(spec, context.schemas.of('user'), context, path),
  ];
  const toGroups = { list: (app: ApplicationLedger) => app.userGroups, table: groupsOf };
  const toCredentials = {
    list: (app: ApplicationLedger) => app.userCredentials,
    table: (app: ApplicationLedger) => app.credentials,
  };
  const links = [
    ...compileLink(spec.groups, toGroups, context, [...path, 'groups']),
    ...compileLink(spec.accessCredentials, toCredentials, context, [...path, 'accessCredentials']),
    ...compileGrants(spec, 'users', context, path),
  ];
  return compileEntity(spec, { kind: 'user', table: usersOf, fields, links }, context, path);
}

function compileGroup(spec: Spec<'group'>, context: ItemContext, path: MappingPath): ItemStep {
  const fields = [
    ...field('identities', spec.identities, compileTexts, context, [...path, 'identities']),
    ...timestamps(spec, [['created_at', 'createdAt']], context, path),
    ...attachments(spec, context.schemas.of('group'), context, path),
  ];
  const toGroups = { list: (app: ApplicationLedger) => app.groupGroups, table: groupsOf };
  const fromMembers = { list: (app: ApplicationLedger) => app.userGroups, table: usersOf, direction: 'from' } as const;
  const links = [
    ...compileLink(spec.groups, toGroups, context, [...path, 'groups']),
    ...compileLink(spec.members, fromMembers, context, [...path, 'members']),
    ...compileGrants(spec, 'groups', context, path),
  ];
  return compileEntity(spec, { kind: 'group', table: groupsOf, fields, links }, context, path);
}

function compileRole(spec: Spec<'role'>, context: ItemContext, path: MappingPath): ItemStep {
  const table = (app: ApplicationLedger) => app.roles;
  const fields = attachments(spec, context.schemas.of('role'), context, path);
  const toPermissions = {
    list: (app: ApplicationLedger) => app.rolePermissions,
    table: () => context.ledger.permissions,
  };
  const links = [
    ...compileLink(spec.permissions, toPermissions, context, [...path, 'permissions']),
    ...compileLink(spec.roles, { list: (app) => app.roleRoles, table }, context, [...path, 'roles']),
  ];
  return compileEntity(spec, { kind: 'role', table, fields, links }, context, path);
}

function compileAccessCredential(spec: Spec<'accessCredential'>, context: ItemContext, path: MappingPath): ItemStep {
  const isActive = optionalReader(spec.isActive, compileBoolean, context, [...path, 'isActive']);
  const fields = [
    { key: 'is_active', read: (row) => isActive?.(row) ?? true } satisfies Field,
    ...field('can_expire', spec.canExpire, compileBoolean, context, [...path, 'canExpire']),
    ...timestamps(
      spec,
      [
        ['created_at', 'createdAt'],
        ['expires_at', 'expiresAt'],
        ['last_used_at', 'lastUsedAt'],
      ],
      context,
      path,
    ),
    ...attachments(spec, context.schemas.of('accessCredential'), context, path),
  ];
  const fromUsers = {
    list: (app: ApplicationLedger) => app.userCredentials,
    table: usersOf,
    direction: 'from',
  } as const;
  const links = [
    ...compileLink(spec.users, fromUsers, context, [...path, 'users']),
    ...compileGrants(spec, 'credentials', context, path),
  ];
  const table = (app: ApplicationLedger) => app.credentials;
  return compileEntity(spec, { kind: 'access credential', table, fields, links }, context, path);
}

/** Compiles one item of a source: what each row says to it. Problems of the mapping are reported to the context. */
export function compileItem(item: MappingItem, context: ItemContext, path: MappingPath): ItemStep {
  const { user, group, role, permission, accessCredential, resource, idpIdentity, assignment } = item;
  if (user !== undefined) return compileUser(user, context, [...path, 'user']);
  if (group !== undefined) return compileGroup(group, context, [...path, 'group']);
  if (role !== undefined) return compileRole(role, context, [...path, 'role']);
  if (permission !== undefined) return compilePermission(permission, context, [...path, 'permission']);
  if (accessCredential !== undefined) {
    return compileAccessCredential(accessCredential, context, [...path, 'accessCredential']);
  }
  if (resource !== undefined) return compileResource(resource, context, [...path, 'resource']);
  if (idpIdentity !== undefined) return compileIdpIdentity(idpIdentity, context, [...path, 'idpIdentity']);
  return compileAssignment(assignment as Spec<'assignment'>, context, [...path, 'assignment']);
}
