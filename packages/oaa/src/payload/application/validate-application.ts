import type { z } from 'zod';
import { type DiagnosticList, joinPath } from '../diagnostics.ts';
import { isObject, type JsonObject, listOf, own, textOf } from '../json.ts';
import { foldKey } from '../keys.ts';
import { limits } from '../limits.ts';
import { checkShape } from '../shape.ts';
import { type ApplicationIndex, indexApplication, walkResources } from './validation/application-index.ts';
import { checkAttachments, checkTimestamps } from './validation/check-attachments.ts';
import { checkGrants } from './validation/check-grants.ts';
import { checkNesting } from './validation/check-nesting.ts';
import { checkReference } from './validation/check-reference.ts';
import { readDefinitions, type TypeDefinitions } from './validation/definition-tables.ts';
import { enterAll, KeyTable } from './validation/key-table.ts';
import { incrementalSchemas, wireSchemas } from './wire-schema.ts';

type EntitySchemas = Readonly<Record<keyof typeof wireSchemas, z.ZodType>>;

const kinds = {
  local_users: {
    schema: 'user',
    properties: 'user',
    timestamps: ['created_at', 'last_login_at', 'deactivated_at', 'password_last_changed_at'],
  },
  local_groups: { schema: 'group', properties: 'group', timestamps: ['created_at'] },
  local_roles: { schema: 'role', properties: 'role', timestamps: [] },
  local_access_creds: {
    schema: 'accessCredential',
    properties: 'accessCredential',
    timestamps: ['created_at', 'expires_at', 'last_used_at'],
  },
} as const;

function checkReferences(
  list: DiagnosticList,
  code: 'dangling-group' | 'dangling-credential' | 'dangling-permission',
  table: KeyTable,
  entity: JsonObject,
  key: string,
  path: () => string,
): void {
  const references = listOf(entity, key);
  for (let position = 0; position < references.length; position += 1) {
    const reference = references[position];
    if (typeof reference === 'string') {
      checkReference(list, 'error', code, table, reference, () => joinPath(path(), key, position));
    }
  }
}

function checkEntities(
  list: DiagnosticList,
  schemas: EntitySchemas,
  application: JsonObject,
  definitions: TypeDefinitions | undefined,
  path: string,
): void {
  for (const [key, kind] of Object.entries(kinds)) {
    const entities = listOf(application, key);
    for (let index = 0; index < entities.length; index += 1) {
      const entity = entities[index];
      const at = () => joinPath(path, key, index);
      checkShape(list, schemas[kind.schema], entity, at);
      if (!isObject(entity)) continue;
      if (schemas === incrementalSchemas) checkKey(list, entity, at);
      checkAttachments(list, entity, definitions?.kinds[kind.properties], at);
      checkTimestamps(list, entity, kind.timestamps, at);
    }
  }
  for (const { resource, path: at, cut } of walkResources(application, path)) {
    if (cut) {
      list.error(
        'too-deep',
        at(),
        `Resources are nested more than ${limits.resourceDepth} levels deep; what is below is not checked.`,
      );
    }
    checkShape(list, schemas.resource, resource, at);
    if (!isObject(resource)) continue;
    if (schemas === incrementalSchemas) checkKey(list, resource, at);
    checkAttachments(list, resource, definitions?.resources.get(foldKey(textOf(resource, 'resource_type') ?? '')), at);
  }
}

/** In incremental pushes either will do; elsewhere the shape asks for the name. */
function checkKey(list: DiagnosticList, entity: JsonObject, path: () => string): void {
  if (Object.hasOwn(entity, 'id') || Object.hasOwn(entity, 'name')) return;
  list.error('missing-key', joinPath(path(), 'name'), 'There is neither "id" nor "name" to say what changes.');
}

/** References inside one application: memberships, credentials, role permissions, nesting. */
function checkInside(
  list: DiagnosticList,
  application: JsonObject,
  index: ApplicationIndex,
  permissions: KeyTable,
  path: string,
): void {
  const users = listOf(application, 'local_users');
  for (let position = 0; position < users.length; position += 1) {
    const user = users[position];
    if (!isObject(user)) continue;
    const at = () => joinPath(path, 'local_users', position);
    checkReferences(list, 'dangling-group', index.groups, user, 'groups', at);
    checkReferences(list, 'dangling-credential', index.credentials, user, 'access_creds', at);
  }
  const groups = listOf(application, 'local_groups');
  checkNesting(list, 'dangling-group', index.groups, groups, 'groups', joinPath(path, 'local_groups'));
  const roles = listOf(application, 'local_roles');
  checkNesting(list, 'dangling-role', index.roles, roles, 'roles', joinPath(path, 'local_roles'));
  for (let position = 0; position < roles.length; position += 1) {
    const role = roles[position];
    if (!isObject(role)) continue;
    const at = () => joinPath(path, 'local_roles', position);
    checkReferences(list, 'dangling-permission', permissions, role, 'permissions', at);
    if (listOf(role, 'permissions').length === 0 && listOf(role, 'roles').length === 0) {
      list.warning('role-without-permission', at(), 'This role has no permissions: whoever has it gets nothing.');
    }
  }
}

/** Checks a payload of the `application` template (reference 1.1). */
export function validateApplication(list: DiagnosticList, payload: JsonObject): void {
  checkShape(list, wireSchemas.root, payload, () => '$');
  const incremental = own(payload, 'incremental_change') === true;
  const schemas: EntitySchemas = incremental ? incrementalSchemas : wireSchemas;
  const definitions = readDefinitions(list, payload);
  const permissionEntries = listOf(payload, 'permissions');
  const grantEntries = listOf(payload, 'identity_to_permissions');
  permissionEntries.forEach((entry, index) => {
    checkShape(list, schemas.permission, entry, () => joinPath('$', 'permissions', index));
  });
  grantEntries.forEach((entry, index) => {
    checkShape(list, schemas.grants, entry, () => joinPath('$', 'identity_to_permissions', index));
  });

  const applications = listOf(payload, 'applications');
  const definitionsOf = (application: JsonObject) =>
    definitions.get(foldKey(textOf(application, 'application_type') ?? ''));
  applications.forEach((application, position) => {
    const path = joinPath('$', 'applications', position);
    checkShape(list, schemas.application, application, () => path);
    if (!isObject(application)) return;
    checkAttachments(list, application, definitionsOf(application)?.kinds.application, () => path);
    checkEntities(list, schemas, application, definitionsOf(application), path);
  });
  // An incremental push names only what changes; what it refers to may be on the tenant already.
  if (incremental) return;

  if (Array.isArray(own(payload, 'applications')) && applications.length === 0) {
    list.error(
      'empty-value',
      '$.applications',
      'The payload has no application; the tenant would have nothing to show.',
    );
  }
  const permissions = new KeyTable('permission');
  enterAll(list, permissions, permissionEntries, '$.permissions');
  const applicationTable = new KeyTable('application');
  enterAll(list, applicationTable, applications, '$.applications');
  const indexes = new Map<string, ApplicationIndex>();
  const grantDefinitions = new Map<string, TypeDefinitions | undefined>();
  applications.forEach((application, position) => {
    if (!isObject(application)) return;
    const path = joinPath('$', 'applications', position);
    const index = indexApplication(list, application, path);
    checkInside(list, application, index, permissions, path);
    indexes.set(foldKey(index.name), index);
    grantDefinitions.set(foldKey(index.name), definitionsOf(application));
  });
  checkGrants(list, payload, { applications: applicationTable, indexes, permissions, definitions: grantDefinitions });
}
