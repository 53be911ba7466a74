import { ScimError } from '../errors/scim-error.ts';

/**
 * The entity tag of a version, the same in the header `ETag` and in `meta.version`. Weak: a version stands for a state, not
 * for the bytes of one of its representations. RFC 7644 s3.14.
 *
 * @param version a counter that changes with every change of the resource and only then.
 */
export function formatEtag(version: number): string {
  return `W/"${version}"`;
}

/**
 * Whether the header `If-Match` or `If-None-Match` names a tag, compared weakly (RFC 9110 s8.8.3.2): `*`, one tag or a
 * list. Tags without quotes are taken as well; a header that is no list of tags names nothing.
 */
export function matchesEtag(header: string, etag: string): boolean {
  const wanted = opaque(etag);
  return header.trim() === '*' || readEtags(header).some((tag) => tag === wanted);
}

/**
 * Refuses a change of a resource that is not in the state that the client saw. RFC 7644 s3.14, RFC 9110 s13.1.1.
 *
 * @param ifMatch the header, if there is one.
 * @param etag of the resource, which exists.
 * @throws ScimError 412.
 */
export function requireIfMatch(ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined || matchesEtag(ifMatch, etag)) return;
  throw new ScimError(
    412,
    undefined,
    'The resource has changed; read it again and repeat the request with its version.',
  );
}

/** Whether a GET is answered with 304, since the client has this state. RFC 7644 s3.14, RFC 9110 s13.1.2. */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, etag);
}

/** The opaque parts of a list of tags; quoted ones may hold commas. Empty where the text is no such list. */
function readEtags(header: string): readonly string[] {
  const tags: string[] = [];
  let at = 0;
  while (at < header.length) {
    if (isSeparator(header[at])) {
      at++;
      continue;
    }
    const start = header.startsWith('W/', at) ? at + 2 : at;
    const quoted = header[start] === '"';
    const end = quoted ? header.indexOf('"', start + 1) : endOfToken(header, start);
    if (end < 0 || (end < header.length && !isSeparator(header[quoted ? end + 1 : end] ?? ','))) return [];
    tags.push(header.slice(quoted ? start + 1 : start, end));
    at = quoted ? end + 1 : end;
  }
  return tags;
}

function isSeparator(character: string | undefined): boolean {
  return character === ',' || character === ' ' || character === '\t';
}

function endOfToken(header: string, start: number): number {
  let end = start;
  while (end < header.length && !isSeparator(header[end]) && header[end] !== '"') end++;
  return end;
}

function opaque(etag: string): string {
  return readEtags(etag)[0] ?? etag;
}
