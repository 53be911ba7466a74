import { ScimError } from '../../protocol/errors/scim-error.ts';
import { Query } from './query.ts';

/** What a request is about. */
export interface Target {
  /** Decoded, without empty ones and without the version prefix: `['Users', '42']`. */
  readonly segments: readonly string[];
  /** Whether the path began with `/v2`. */
  readonly versioned: boolean;
  readonly query: Query;
}

/**
 * Takes the URL of a request apart. Double and trailing slashes say nothing, nor does a prefix `/v2` (RFC 7644 s3.13).
 * Each segment is decoded once, behind the split: `%2F` and `%2e%2e` are parts of a name and lead nowhere.
 *
 * @param url path and query below the mount.
 * @throws ScimError 400 where a segment is no percent-encoded UTF-8.
 */
export function readTarget(url: string): Target {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const segments: string[] = [];
  for (const segment of path.split('/')) if (segment !== '') segments.push(decodeSegment(segment));
  const versioned = segments[0] === 'v2';
  if (versioned) segments.shift();
  return { segments, versioned, query: new Query(mark < 0 ? '' : url.slice(mark + 1)) };
}

function decodeSegment(segment: string): string {
  try {
    const decoded = segment.includes('%') ? decodeURIComponent(segment) : segment;
    // No id has one, and some databases cannot be asked for one.
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // Told below.
  }
  throw new ScimError(400, undefined, 'The path of the URL has to be percent-encoded UTF-8.');
}
