import type { StoredResource } from '../../directory/directory.ts';
import { formatEtag } from '../../protocol/etag/etag.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { showInstant } from '../../protocol/values/date-time.ts';
import type { Locate } from './locate.ts';

/** What stands at the beginning of a resource: its schemas, its id, and its attributes as they are stored. */
export function headOf({ id, attributes }: StoredResource): ScimObject {
  const { schemas, ...others } = attributes;
  return Object.assign(Object.create(null), schemas !== undefined && { schemas }, { id }, others);
}

/** The `meta` of a resource. RFC 7643 s3.1. */
export function metaOf({ kind, id, created, lastModified, version }: StoredResource, locate: Locate): ScimObject {
  return {
    resourceType: kind,
    created: showInstant(created),
    lastModified: showInstant(lastModified),
    location: locate(kind, id),
    version: formatEtag(version),
  };
}

/** The same as JSON: there is one in every resource of a page. */
export function metaText({ kind, id, created, lastModified, version }: StoredResource, locate: Locate): string {
  const location = JSON.stringify(locate(kind, id));
  const etag = JSON.stringify(formatEtag(version));
  return `{"resourceType":"${kind}","created":"${showInstant(created)}","lastModified":"${showInstant(lastModified)}","location":${location},"version":${etag}}`;
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
