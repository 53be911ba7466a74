import { compileAssignment } from './compile-assignment.ts';
import type { MappingPath } from './compile-context.ts';
import { attachments, compileEntity, field, type ItemStep, oneOf } from './compile-entity.ts';
import { compileGrants, compileLink } from './compile-links.ts';
import { compilePermission } from './compile-permission.ts';
import { compileResource } from './compile-resource.ts';
import { compileBoolean, compileText, compileTexts, compileTimestamp } from './compile-value.ts';
import type { ItemContext } from './item-context.ts';
import type { MappingItem } from './mapping-schema.ts';
import type { ValueSpec } from './value-spec.ts';

type Spec<Kind extends keyof MappingItem> = NonNullable<MappingItem[Kind]>;

function identities(spec: ValueSpec | ValueSpec[] | undefined, context: ItemContext, path: MappingPath) {
  return field('identities', spec as ValueSpec | undefined, compileTexts, context, [...path, 'identities']);
}

function compileUser(spec: Spec<'user'>, context: ItemContext, path: MappingPath): ItemStep {
  const timestamp = (key: string, name: 'createdAt' | 'lastLoginAt' | 'deactivatedAt' | 'passwordLastChangedAt') =>
    field(key, spec[name], compileTimestamp, context, [...path, name]);
  return compileEntity(
    spec,
    {
      kind: 'user',
      table: (application) => application.users,
      fields: [
        ...field('email', spec.email, compileText, context, [...path, 'email']),
        ...identities(spec.identities, context, path),
        ...field('is_active', spec.isActive, compileBoolean, context, [...path, 'isActive']),
        ...timestamp('created_at', 'createdAt'),
        ...timestamp('last_login_at', 'lastLoginAt'),
        ...timestamp('deactivated_at', 'deactivatedAt'),
        ...timestamp('password_last_changed_at', 'passwordLastChangedAt'),
        ...field('user_type', spec.userType, oneOf(['human', 'service_account']), context, [...path, 'userType']),
        ...attachments(spec, context.schemas.of('user'), context, path),
      ],
      links: [
        compileLink(
          spec.groups,
          context,
          [...path, 'groups'],
          (app) => app.userGroups,
          (app) => app.groups,
        ),
        compileLink(
          spec.accessCredentials,
          context,
          [...path, 'accessCredentials'],
          (app) => app.userCredentials,
          (app) => app.credentials,
        ),
        ...compileGrants(spec, 'users', context, path),
      ],
    },
    context,
    path,
  );
}

function compileGroup(spec: Spec<'group'>, context: ItemContext, path: MappingPath): ItemStep {
  return compileEntity(
    spec,
    {
      kind: 'group',
      table: (application) => application.groups,
      fields: [
        ...identities(spec.identities, context, path),
        ...field('created_at', spec.createdAt, compileTimestamp, context, [...path, 'createdAt']),
        ...attachments(spec, context.schemas.of('group'), context, path),
      ],
      links: [
        compileLink(
          spec.groups,
          context,
          [...path, 'groups'],
          (app) => app.groupGroups,
          (app) => app.groups,
        ),
        compileLink(
          spec.members,
          context,
          [...path, 'members'],
          (app) => app.userGroups,
          (app) => app.users,
          'from',
        ),
        ...compileGrants(spec, 'groups', context, path),
      ],
    },
    context,
    path,
  );
}

function compileRole(spec: Spec<'role'>, context: ItemContext, path: MappingPath): ItemStep {
  return compileEntity(
    spec,
    {
      kind: 'role',
      table: (application) => application.roles,
      fields: attachments(spec, context.schemas.of('role'), context, path),
      links: [
        compileLink(
          spec.permissions,
          context,
          [...path, 'permissions'],
          (app) => app.rolePermissions,
          () => context.ledger.permissions,
        ),
        compileLink(
          spec.roles,
          context,
          [...path, 'roles'],
          (app) => app.roleRoles,
          (app) => app.roles,
        ),
      ],
    },
    context,
    path,
  );
}

function compileAccessCredential(spec: Spec<'accessCredential'>, context: ItemContext, path: MappingPath): ItemStep {
  const timestamp = (key: string, name: 'createdAt' | 'expiresAt' | 'lastUsedAt') =>
    field(key, spec[name], compileTimestamp, context, [...path, name]);
  const active = field('is_active', spec.isActive, compileBoolean, context, [...path, 'isActive'])[0];
  return compileEntity(
    spec,
    {
      kind: 'access credential',
      table: (application) => application.credentials,
      fields: [
        { key: 'is_active', read: (row) => active?.read(row) ?? true },
        ...field('can_expire', spec.canExpire, compileBoolean, context, [...path, 'canExpire']),
        ...timestamp('created_at', 'createdAt'),
        ...timestamp('expires_at', 'expiresAt'),
        ...timestamp('last_used_at', 'lastUsedAt'),
        ...attachments(spec, context.schemas.of('accessCredential'), context, path),
      ],
      links: [
        compileLink(
          spec.users,
          context,
          [...path, 'users'],
          (app) => app.userCredentials,
          (app) => app.users,
          'from',
        ),
        ...compileGrants(spec, 'credentials', context, path),
      ],
    },
    context,
    path,
  );
}

function compileIdpIdentity(spec: Spec<'idpIdentity'>, context: ItemContext, path: MappingPath): ItemStep {
  return compileEntity(
    { ...spec, conflicts: 'ignore' },
    {
      kind: 'identity',
      table: (application) => application.identities,
      fields: [],
      links: compileGrants(spec, 'identities', context, path),
    },
    context,
    path,
  );
}

/** Compiles one item of a source: what each row says to it. Problems of the mapping are reported to the context. */
export function compileItem(item: MappingItem, context: ItemContext, path: MappingPath): ItemStep {
  const { user, group, role, permission, accessCredential, resource, idpIdentity, assignment } = item;
  if (user !== undefined) return compileUser(user, context, [...path, 'user']);
  if (group !== undefined) return compileGroup(group, context, [...path, 'group']);
  if (role !== undefined) return compileRole(role, context, [...path, 'role']);
  if (permission !== undefined) {
    return compilePermission(permission, context, [...path, 'permission']);
  }
  if (accessCredential !== undefined)
    return compileAccessCredential(accessCredential, context, [...path, 'accessCredential']);
  if (resource !== undefined) return compileResource(resource, context, [...path, 'resource']);
  if (idpIdentity !== undefined) return compileIdpIdentity(idpIdentity, context, [...path, 'idpIdentity']);
  return compileAssignment(assignment as Spec<'assignment'>, context, [...path, 'assignment']);
}
