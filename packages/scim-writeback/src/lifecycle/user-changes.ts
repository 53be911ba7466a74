import { isJsonObject, type JsonObject, member } from '../client/json.ts';
import type { SentOperation } from '../client/scim-request.ts';
import { splitAttributePath } from '../protocol/schemas/attribute-path.ts';

/** The value of a resource at a path without brackets: `name.givenName`, `urn:...:User:department`. */
function valueAt(resource: JsonObject, path: string): unknown {
  const { urn, name, sub } = splitAttributePath(path);
  const container = urn === undefined ? resource : member(resource, urn);
  const value = isJsonObject(container) ? member(container, name) : undefined;
  if (sub === undefined) return value;
  return isJsonObject(value) ? member(value, sub) : undefined;
}

/** Whether `shown` says all that `wanted` does; a service may add a type to an address, or a display name. */
function says(shown: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list = Array.isArray(shown) ? shown : [];
    return list.length === wanted.length && wanted.every((value, index) => says(list[index], value));
  }
  if (isJsonObject(wanted)) {
    return isJsonObject(shown) && Object.entries(wanted).every(([name, value]) => says(member(shown, name), value));
  }
  return shown === wanted;
}

/** RFC 7643 s2.5: null, an empty list and absent are the same. */
function isUnassigned(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/**
 * Those operations of an update that the user needs, which are none where it is as it should be. `userName` is what the
 * user was found by, and stays.
 */
export function neededChanges(shown: JsonObject, operations: readonly SentOperation[]): readonly SentOperation[] {
  return operations.filter(({ op, path, value }) => {
    if (path === undefined) return true;
    if (path === 'userName') return false;
    const current = valueAt(shown, path);
    return op === 'remove' ? !isUnassigned(current) : !says(current, value);
  });
}
