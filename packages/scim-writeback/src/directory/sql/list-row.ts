import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { resourceMeta } from '../resource-meta.ts';
import type { ResourceRow } from './stored-resource.ts';

/** A resource as filters and orders see it that are evaluated in code: with `id` and `meta`, as clients see them. */
export function listedResource({ kind, id, document, version, created, last_modified }: ResourceRow): ScimObject {
  return Object.assign(Object.create(null), JSON.parse(document), {
    id,
    meta: resourceMeta({ kind, created, lastModified: last_modified, version }),
  });
}
