import { type DiagnosticList, joinPath } from '../../diagnostics.ts';
import { isObject, type JsonObject, listOf, textOf } from '../../json.ts';
import { limits } from '../../limits.ts';
import { checkIdsOnAll, enterAll, KeyTable, keyOf } from './key-table.ts';

/** What references within one application may name. */
export interface ApplicationIndex {
  readonly name: string;
  readonly users: KeyTable;
  readonly groups: KeyTable;
  readonly roles: KeyTable;
  readonly credentials: KeyTable;
  readonly resources: KeyTable;
}

/** A resource at any depth, with the key that grants name. */
export interface PlacedResource {
  readonly resource: unknown;
  readonly key: string | undefined;
  readonly path: () => string;
  /** Whether what is below it is nested too deep, and left out. */
  readonly cut: boolean;
}

/** All resources of an application, parents before children, without recursion. */
export function* walkResources(application: JsonObject, path: string): Generator<PlacedResource> {
  interface Level {
    readonly resources: readonly unknown[];
    readonly path: () => string;
    readonly key: string | undefined;
    readonly depth: number;
    next: number;
  }
  const root = () => joinPath(path, 'resources');
  const stack: Level[] = [
    { resources: listOf(application, 'resources'), path: root, key: undefined, depth: 1, next: 0 },
  ];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    if (level.next >= level.resources.length) {
      stack.pop();
      continue;
    }
    const { path: levelPath, next: index } = level;
    const resource = level.resources[index];
    level.next += 1;
    const at = () => joinPath(levelPath(), index);
    const segment = isObject(resource) ? keyOf(resource) : undefined;
    const key = segment === undefined || level.key === undefined ? segment : `${level.key}.${segment}`;
    const children = isObject(resource) ? listOf(resource, 'sub_resources') : [];
    const cut = children.length > 0 && level.depth >= limits.resourceDepth;
    yield { resource, key, path: at, cut };
    if (children.length === 0 || cut) continue;
    stack.push({
      resources: children,
      path: () => joinPath(at(), 'sub_resources'),
      key,
      depth: level.depth + 1,
      next: 0,
    });
  }
}

/** Enters all entities of one application, reporting doubled keys and ids that only some have. */
export function indexApplication(list: DiagnosticList, application: JsonObject, path: string): ApplicationIndex {
  const index: ApplicationIndex = {
    name: textOf(application, 'name') ?? '',
    users: new KeyTable('local user'),
    groups: new KeyTable('local group'),
    roles: new KeyTable('local role'),
    credentials: new KeyTable('access credential'),
    resources: new KeyTable('resource'),
  };
  enterAll(list, index.users, listOf(application, 'local_users'), joinPath(path, 'local_users'));
  enterAll(list, index.groups, listOf(application, 'local_groups'), joinPath(path, 'local_groups'));
  enterAll(list, index.roles, listOf(application, 'local_roles'), joinPath(path, 'local_roles'));
  enterAll(list, index.credentials, listOf(application, 'local_access_creds'), joinPath(path, 'local_access_creds'));
  let place = 0;
  for (const { resource, key, path: at } of walkResources(application, path)) {
    if (isObject(resource)) index.resources.enter(list, resource, place, at, key);
    place += 1;
  }
  checkIdsOnAll(list, [index.users, index.groups, index.roles], 'the users, groups and roles');
  checkIdsOnAll(list, [index.resources], 'the resources and sub-resources');
  return index;
}
