import { formatEtag } from '../../protocol/etag/etag.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { ResourceRow } from './stored-resource.ts';

/** A resource as filters and orders see it that are evaluated in code: with `id` and `meta`, as clients see them. */
export function listedResource({ kind, id, document, version, created, last_modified }: ResourceRow): ScimObject {
  return Object.assign(Object.create(null), JSON.parse(document), {
    id,
    meta: {
      resourceType: kind,
      created: shownInstant(created),
      lastModified: shownInstant(last_modified),
      version: formatEtag(version),
    },
  });
}

/** As answers have it: with milliseconds, always. A filter may ask for a part of the text. */
function shownInstant(instant: string): string {
  const [seconds, fraction = ''] = instant.split('.');
  return `${seconds}.${fraction.padEnd(3, '0')}Z`;
}
