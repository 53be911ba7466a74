import type { ResourceKind } from '../../directory/directory.ts';

/** The public URL of a resource: `meta.location` and `$ref`. RFC 7643 s3.1. */
export type Locate = (kind: ResourceKind, id: string) => string;

/** By their codes, whether characters are what they are in a URL. RFC 3986 s2.3. */
const isUnreserved = Array.from({ length: 128 }, (_, code) => /[\w.~-]/.test(String.fromCharCode(code)));

/**
 * Whether an id is what it is in a URL, and in JSON; those that the directory gives are. A page asks of each: a regular
 * expression takes several times as long.
 */
export function isPlainId(id: string): boolean {
  for (let index = 0; index < id.length; index += 1) if (isUnreserved[id.charCodeAt(index)] !== true) return false;
  return id !== '';
}

/**
 * @param baseUrl without a slash at the end
 * @param endpoints of the kinds, with a leading slash
 */
export function locateBelow(baseUrl: string, endpoints: Readonly<Record<ResourceKind, string>>): Locate {
  return (kind, id) => `${baseUrl}${endpoints[kind]}/${isPlainId(id) ? id : encodeURIComponent(id)}`;
}

/** The JSON of the URLs of one kind, of which a page has one for each resource: what they begin with is made once. */
export function locationTexts(locate: Locate, kind: ResourceKind): (id: string) => string {
  const opening = JSON.stringify(locate(kind, '')).slice(0, -1);
  return (id) => (isPlainId(id) ? `${opening}${id}"` : JSON.stringify(locate(kind, id)));
}
