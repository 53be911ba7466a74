import type { ScimObject } from '../schemas/scim-value.ts';
import type { Sort } from './read-sort.ts';
import { compareSortKeys, sortKey } from './sort-key.ts';

/** Resources with ids in an order. */
export function sortResources(resources: readonly ScimObject[], { path, descending }: Sort): readonly ScimObject[] {
  return resources
    .map((resource) => ({ resource, key: sortKey(resource, String(resource.id), path) }))
    .sort((left, right) => compareSortKeys(left.key, right.key, descending))
    .map(({ resource }) => resource);
}
