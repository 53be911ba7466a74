import type { ResourceKind } from '../../directory/directory.ts';

/** The public URL of a resource: `meta.location` and `$ref`. RFC 7643 s3.1. */
export type Locate = (kind: ResourceKind, id: string) => string;

/**
 * @param baseUrl without a slash at the end
 * @param endpoints of the kinds, with a leading slash
 */
export function locateBelow(baseUrl: string, endpoints: Readonly<Record<ResourceKind, string>>): Locate {
  return (kind, id) => `${baseUrl}${endpoints[kind]}/${encodeURIComponent(id)}`;
}
