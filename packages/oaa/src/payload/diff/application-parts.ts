import { keyOf } from '../application/validation/key-table.ts';
import { isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { foldKey } from '../keys.ts';
import type { MembershipType } from './difference.ts';
import type { Keyed } from './paired.ts';

/** A list of memberships in an entity. */
interface MembershipList {
  readonly field: string;
  readonly type: MembershipType;
  /** Whether the entity with the list is the member, or what the listed are members of. */
  readonly owner: 'member' | 'of';
}

interface EntityList {
  readonly kind: 'users' | 'groups' | 'roles' | 'accessCredentials';
  readonly list: string;
  readonly memberships: readonly MembershipList[];
  /** Keys of the lists of memberships. */
  readonly told: ReadonlySet<string>;
}

function entityList(kind: EntityList['kind'], list: string, memberships: readonly MembershipList[]): EntityList {
  return { kind, list, memberships, told: new Set(memberships.map(({ field }) => field)) };
}

/** The flat lists of entities in an application, with the memberships that each holds. */
export const entityLists: readonly EntityList[] = [
  entityList('users', 'local_users', [
    { field: 'groups', type: 'userInGroup', owner: 'member' },
    { field: 'access_creds', type: 'credentialOfUser', owner: 'of' },
  ]),
  entityList('groups', 'local_groups', [{ field: 'groups', type: 'groupInGroup', owner: 'member' }]),
  entityList('roles', 'local_roles', [
    { field: 'roles', type: 'roleInRole', owner: 'of' },
    { field: 'permissions', type: 'permissionInRole', owner: 'of' },
  ]),
  entityList('accessCredentials', 'local_access_creds', []),
];

/** The entities of a list by their folded keys; what is no entity is left out. */
export function* keyedEntities(owner: JsonObject, list: string): Generator<Keyed<JsonObject>> {
  for (const entity of listOf(owner, list)) {
    const key = isObject(entity) ? keyOf(entity) : undefined;
    if (isObject(entity) && key !== undefined) yield [foldKey(key), entity];
  }
}

/** The items of a list that are keyed by their names: applications and permissions. */
export function* keyedByName(owner: JsonObject, list: string): Generator<Keyed<JsonObject>> {
  for (const item of listOf(owner, list)) {
    const name = isObject(item) ? textOf(item, 'name') : undefined;
    if (isObject(item) && name !== undefined) yield [foldKey(name), item];
  }
}

/** A resource at any depth, with the key that grants name. */
export interface KeyedResource {
  readonly key: string;
  readonly resource: JsonObject;
}

/** All resources of an application, parents before children, without recursion. */
export function* keyedResources(application: JsonObject): Generator<Keyed<KeyedResource>> {
  const stack = [{ resources: listOf(application, 'resources'), prefix: '', next: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const resource = level.resources[level.next];
    if (level.next >= level.resources.length) stack.pop();
    level.next += 1;
    const segment = isObject(resource) ? keyOf(resource) : undefined;
    if (!isObject(resource) || segment === undefined) continue;
    const key = `${level.prefix}${segment}`;
    yield [foldKey(key), { key, resource }];
    const children = listOf(resource, 'sub_resources');
    if (children.length > 0) stack.push({ resources: children, prefix: `${key}.`, next: 0 });
  }
}
