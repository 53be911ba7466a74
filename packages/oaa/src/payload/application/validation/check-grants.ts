import { type DiagnosticCode, type DiagnosticList, joinPath } from '../../diagnostics.ts';
import { isObject, type JsonObject, listOf, own, textOf } from '../../json.ts';
import { foldKey } from '../../keys.ts';
import type { ApplicationIndex } from './application-index.ts';
import { checkProperties } from './check-attachments.ts';
import { checkReference } from './check-reference.ts';
import type { TypeDefinitions } from './definition-tables.ts';
import type { KeyTable } from './key-table.ts';

/** What grants may name, over the whole payload. */
export interface GrantScope {
  readonly applications: KeyTable;
  /** By folded application name. */
  readonly indexes: ReadonlyMap<string, ApplicationIndex>;
  readonly permissions: KeyTable;
  /** The definitions of the application's type, by folded application name. */
  readonly definitions: ReadonlyMap<string, TypeDefinitions | undefined>;
}

const identityTables = {
  local_user: ['users', 'dangling-user'],
  local_group: ['groups', 'dangling-group'],
  local_role: ['roles', 'dangling-role'],
  local_access_creds: ['credentials', 'dangling-credential'],
} as const satisfies Record<string, readonly [keyof ApplicationIndex, DiagnosticCode]>;

interface EntryContext {
  readonly list: DiagnosticList;
  readonly scope: GrantScope;
  readonly identity: string | undefined;
  readonly identityType: string | undefined;
  /** Applications in which the identity was already found missing: one warning for each. */
  readonly reported: Set<ApplicationIndex>;
  readonly path: () => string;
}

function checkIdentity(entry: EntryContext, index: ApplicationIndex): void {
  const { identity, identityType } = entry;
  if (identity === undefined || identityType === undefined || !Object.hasOwn(identityTables, identityType)) return;
  const [table, code] = identityTables[identityType as keyof typeof identityTables];
  if (index[table].has(identity) || entry.reported.has(index)) return;
  entry.reported.add(index);
  checkReference(entry.list, 'warning', code, index[table], identity, () => joinPath(entry.path(), 'identity'));
}

function checkTargets(
  entry: EntryContext,
  grant: JsonObject,
  index: ApplicationIndex | undefined,
  path: () => string,
): void {
  const resources = listOf(grant, 'resources');
  if (resources.length === 0 && own(grant, 'apply_to_application') !== true) {
    entry.list.warning(
      'grant-without-target',
      path(),
      'This grants nothing: it names no resources, and apply_to_application is not true.',
      'Name resources, set apply_to_application, or take it out.',
    );
  }
  if (index === undefined) return;
  for (let position = 0; position < resources.length; position += 1) {
    const key = resources[position];
    if (typeof key !== 'string') continue;
    checkReference(entry.list, 'error', 'dangling-resource', index.resources, key, () =>
      joinPath(path(), 'resources', position),
    );
  }
}

/** The application that a grant names. */
function checkApplication(entry: EntryContext, grant: JsonObject, path: () => string): ApplicationIndex | undefined {
  const name = textOf(grant, 'application');
  if (name === undefined) return undefined;
  const { list, scope } = entry;
  const at = () => joinPath(path(), 'application');
  if (!checkReference(list, 'error', 'dangling-application', scope.applications, name, at)) return undefined;
  return scope.indexes.get(foldKey(name));
}

function checkEntry(entry: EntryContext, grants: JsonObject): void {
  const { list, scope } = entry;
  for (const [key, subject] of [
    ['application_permissions', 'permission'],
    ['role_assignments', 'role'],
  ] as const) {
    const items = listOf(grants, key);
    for (let position = 0; position < items.length; position += 1) {
      const grant = items[position];
      if (!isObject(grant)) continue;
      const path = () => joinPath(entry.path(), key, position);
      const index = checkApplication(entry, grant, path);
      if (index !== undefined) checkIdentity(entry, index);
      const named = textOf(grant, subject);
      const at = () => joinPath(path(), subject);
      if (named !== undefined && subject === 'permission') {
        checkReference(list, 'error', 'dangling-permission', scope.permissions, named, at);
      } else if (named !== undefined && index !== undefined) {
        checkReference(list, 'error', 'dangling-role', index.roles, named, at);
      }
      if (subject === 'role' && index !== undefined) {
        const definitions = scope.definitions.get(foldKey(index.name))?.kinds.roleAssignment;
        checkProperties(list, grant, definitions, path);
      }
      checkTargets(entry, grant, index, path);
    }
  }
}

/** Checks `identity_to_permissions`. Identities that nobody knows are warnings, as on the tenant (reference 1.1.10). */
export function checkGrants(list: DiagnosticList, payload: JsonObject, scope: GrantScope): void {
  const entries = listOf(payload, 'identity_to_permissions');
  const seen = new Set<string>();
  for (let index = 0; index < entries.length; index += 1) {
    const grants = entries[index];
    if (!isObject(grants)) continue;
    const path = () => joinPath('$', 'identity_to_permissions', index);
    const identity = textOf(grants, 'identity');
    const identityType = textOf(grants, 'identity_type');
    const entryKey = `${identityType} ${foldKey(identity ?? '')}`;
    if (identity !== undefined && seen.has(entryKey)) {
      list.warning(
        'duplicate-key',
        path(),
        `There is more than one entry for the ${identityType} "${identity}"; the tenant may keep only one of them.`,
        'Put all grants of an identity into one entry.',
      );
    }
    seen.add(entryKey);
    checkEntry({ list, scope, identity, identityType, reported: new Set(), path }, grants);
  }
}
