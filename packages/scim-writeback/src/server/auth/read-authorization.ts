/** What a request shows of its credential. */
export type Presented =
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'basic'; readonly userName: string; readonly password: string };

/** Longer headers are refused unread: no credential of ours needs one. */
const longestHeader = 4096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/;

/** RFC 7617 s2: the user name ends at the first colon; neither part has control characters. */
function readBasic(encoded: string): Presented | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || control.test(text)) return undefined;
  return { scheme: 'basic', userName: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * Reads an `Authorization` header; undefined when there is none, it has another scheme, or it is malformed. Schemes are
 * compared without regard to case. RFC 9110 s11.1, RFC 6750 s2.1.
 */
export function readAuthorization(header: string | undefined): Presented | undefined {
  if (header === undefined || header.length > longestHeader) return undefined;
  const space = header.indexOf(' ');
  if (space === -1) return undefined;
  const scheme = header.slice(0, space).toLowerCase();
  const value = header.slice(space).trim();
  if (value === '') return undefined;
  if (scheme === 'bearer') return { scheme, token: value };
  return scheme === 'basic' ? readBasic(value) : undefined;
}
