import { isObject, type JsonObject } from '../../payload/json.ts';

/** Lists of entities; all other lists belong to an entity and are shown whole. */
const entityLists: ReadonlySet<string> = new Set([
  'applications',
  'local_users',
  'local_groups',
  'local_roles',
  'local_access_creds',
  'resources',
  'sub_resources',
  'permissions',
  'identity_to_permissions',
]);

function isEmpty(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function cut(value: unknown, count: number): unknown {
  if (Array.isArray(value)) return value.map((item) => cut(item, count));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    if (isEmpty(item)) return [];
    // Names of permissions and resources inside an entity are in lists of these names, too.
    const holdsEntities = Array.isArray(item) && entityLists.has(key) && isObject(item[0]);
    return [[key, cut(holdsEntities ? item.slice(0, count) : item, count)]];
  });
  return Object.fromEntries(entries);
}

/** A payload with the first `count` entities of each kind, and without what is empty: to be read by people. */
export function previewPayload(payload: JsonObject, count: number): JsonObject {
  const { custom_property_definition: _definitions, ...entities } = payload;
  return cut(entities, count) as JsonObject;
}
