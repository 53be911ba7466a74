import { isIPv4 } from 'node:net';
import { UsageError } from '@oaa-kit/oaa';
import type { HttpAuth, RemoteWords } from '@oaa-kit/oaa/http';
import { isLoopback } from '@oaa-kit/oaa/settings';
import type { RateLimit } from './pacer.ts';

function invalid(message: string, hint: string): UsageError {
  return new UsageError('setting-invalid', message, { hint });
}

/** Addresses that clouds give secrets out at (RFC 3927, RFC 4291 s2.5.6): no SCIM service is there. */
function isLinkLocal(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (isIPv4(host) && host.startsWith('169.254.')) || /^fe[89ab][0-9a-f]:/.test(host) || /^::ffff:a9fe:/.test(host);
}

/**
 * The base URL of a service, without slashes at its end. A credential goes over TLS, or stays on this machine.
 *
 * @param example what such a URL looks like
 * @throws UsageError `setting-invalid`
 */
export function checkedUrl(
  text: string,
  words: RemoteWords,
  example = 'https://scim.example.com/scim/v2, without /Users',
): string {
  const hint = `Correct ${words.settings.url}: the base URL, such as ${example}.`;
  const refuse = (problem: string): UsageError => invalid(`The URL of the ${words.noun} ${problem}.`, hint);
  if (!URL.canParse(text)) throw refuse('is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('does not begin with https://');
  if (url.username !== '' || url.password !== '') throw refuse('holds a user name or password');
  if (url.search !== '' || url.hash !== '') throw refuse('holds a query or a fragment');
  if (isLinkLocal(url.hostname)) throw refuse('names a link-local address');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refuse(`begins with http://, which would send the ${words.credential} to ${url.host} unencrypted`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * Refuses a credential that cannot be sent as it is. The message never shows it.
 *
 * @throws UsageError `setting-missing`, `setting-invalid`
 */
export function checkAuth(auth: HttpAuth, words: RemoteWords): void {
  const hint = `Set ${words.settings.credential}.`;
  const secret = auth.type === 'bearer' ? auth.token : auth.password;
  if (secret === '') throw new UsageError('setting-missing', `The ${words.credential} is empty.`, { hint });
  // RFC 6750 s2.1: no blanks; a line end would begin another header.
  if (auth.type === 'bearer' && !/^[\x21-\x7e]+$/.test(secret)) {
    throw invalid('The bearer token holds blanks, line breaks or unprintable characters (not shown).', hint);
  }
  // RFC 7617 s2: the first colon ends the user name.
  if (auth.type === 'basic' && (auth.username === '' || auth.username.includes(':'))) {
    throw invalid('A user name for Basic is not empty and holds no colon.', hint);
  }
}

/**
 * The path of an endpoint below the base URL: `Users`, `v2/people`. Slashes around it are cut.
 *
 * @throws UsageError `setting-invalid` for what would leave the base URL
 */
export function checkedEndpoint(text: string, what: string): string {
  const path = text.replace(/^\/+|\/+$/g, '');
  const segments = path.split('/');
  if (!/^[A-Za-z0-9._~/-]+$/.test(path) || segments.some((segment) => /^\.{0,2}$/.test(segment))) {
    throw invalid(
      `${JSON.stringify(text)} is no path for ${what}.`,
      `Give the path below the base URL, such as ${what}.`,
    );
  }
  return path;
}

/** @throws UsageError `setting-invalid` */
export function checkRateLimit({ requests, perMs }: RateLimit): void {
  if (Number.isSafeInteger(requests) && requests > 0 && requests <= 100_000 && Number.isFinite(perMs) && perMs > 0)
    return;
  throw invalid(
    'The rate limit is not a number of requests from 1 to 100,000 in a span of time.',
    'Set rateLimit to { requests: 200, perMs: 60_000 }, say.',
  );
}
