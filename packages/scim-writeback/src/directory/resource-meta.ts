import { formatEtag } from '../protocol/etag/etag.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import { showInstant } from '../protocol/values/date-time.ts';
import type { StoredResource } from './directory.ts';

type Described = Pick<StoredResource, 'kind' | 'created' | 'lastModified' | 'version'>;

/**
 * The `meta` of a resource, wherever it is shown or asked for. RFC 7643 s3.1.
 *
 * @param location left out for filters and orders: these do not depend on where the service is mounted
 */
export function resourceMeta({ kind, created, lastModified, version }: Described, location?: string): ScimObject {
  return {
    resourceType: kind,
    created: showInstant(created),
    lastModified: showInstant(lastModified),
    ...(location !== undefined && { location }),
    version: formatEtag(version),
  };
}

/** What the JSON of each kind's `meta` begins with. */
const openings = {
  User: '{"resourceType":"User","created":"',
  Group: '{"resourceType":"Group","created":"',
} as const satisfies Record<Described['kind'], string>;

/**
 * The JSON of {@link resourceMeta}, of which a page has one for each resource: all but the location needs no escapes. In few
 * parts: it takes as long to put them together as they are many.
 *
 * @param locationText the location as JSON
 */
export function resourceMetaText({ kind, created, lastModified, version }: Described, locationText: string): string {
  return `${openings[kind]}${showInstant(created)}","lastModified":"${showInstant(lastModified)}","location":${locationText},"version":"W/\\"${version}\\""}`;
}
