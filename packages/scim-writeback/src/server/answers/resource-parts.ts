import type { StoredResource } from '../../directory/directory.ts';
import { resourceMeta } from '../../directory/resource-meta.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { Locate } from './locate.ts';

/** What stands at the beginning of a resource: its schemas, its id, and its attributes as they are stored. */
export function headOf({ id, attributes }: StoredResource): ScimObject {
  const { schemas, ...others } = attributes;
  return Object.assign(Object.create(null), schemas !== undefined && { schemas }, { id }, others);
}

/** The `meta` of a resource, with its location. */
export function metaOf(resource: StoredResource, locate: Locate): ScimObject {
  return resourceMeta(resource, locate(resource.kind, resource.id));
}

/**
 * The resource that a PATCH is applied to: with `id` and `meta`, since setting these to what they are is no mistake (Okta
 * sends the id), and without what is computed or kept apart. {@link storedPart} takes them away again.
 */
export function patchedPart(resource: StoredResource, locate: Locate): ScimObject {
  return Object.assign(headOf(resource), { meta: metaOf(resource, locate) });
}

/** The part of a resource that a directory keeps as its attributes. */
export function storedPart({ id: _id, meta: _meta, ...attributes }: ScimObject): ScimObject {
  return Object.assign(Object.create(null), attributes);
}
