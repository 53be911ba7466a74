import { withSchemas } from '../protocol/resource/complete-resource.ts';
import { splitAttributePath } from '../protocol/schemas/attribute-path.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { AttributeMapping } from './attribute-mapping.ts';
import { withKnownTypes } from './emails.ts';
import { own, valueAt, withValueAt } from './value-at.ts';

/**
 * A resource of a directory with what another state of it says at some paths, and all else as it is. E-mail addresses that
 * stay keep what a payload cannot say of them: their types.
 *
 * @param from what `fromLocalUser` or `fromLocalGroup` made of a payload.
 * @param paths from `differingPaths`.
 * @throws TypeError for a path that no schema has.
 */
export function takeFacts(
  resource: ScimObject,
  from: ScimObject,
  paths: Iterable<string>,
  { schema }: AttributeMapping,
): ScimObject {
  let result = resource;
  for (const path of paths) {
    const place = schema.resolve(splitAttributePath(path));
    if (place === undefined) throw new TypeError(`No schema has ${path}.`);
    const value = valueAt(from, place);
    result = withValueAt(result, place, path === 'emails' ? withKnownTypes(value, own(resource, 'emails')) : value);
  }
  return withSchemas(result, schema);
}
