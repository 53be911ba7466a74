import type { ResourceKind } from '../../directory/directory.ts';

/** The public URL of a resource: `meta.location` and `$ref`. RFC 7643 s3.1. */
export type Locate = (kind: ResourceKind, id: string) => string;

/** Ids that are in a URL what they are; those that the directory gives are. */
const plainId = /^[\w.~-]+$/;

/**
 * @param baseUrl without a slash at the end
 * @param endpoints of the kinds, with a leading slash
 */
export function locateBelow(baseUrl: string, endpoints: Readonly<Record<ResourceKind, string>>): Locate {
  return (kind, id) => `${baseUrl}${endpoints[kind]}/${plainId.test(id) ? id : encodeURIComponent(id)}`;
}
