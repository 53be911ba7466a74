import type { HttpClientOptions } from './http-types.ts';

interface BasicAuth {
  readonly type: 'basic';
  readonly username: string;
  readonly password: string;
}

/** How a client proves who it is. */
export type HttpAuth = { readonly type: 'bearer'; readonly token: string } | BasicAuth;

/** The `Authorization` header (RFC 6750 section 2.1, RFC 7617 section 2). */
export function authorizationHeader(auth: HttpAuth): string {
  if (auth.type === 'bearer') return `Bearer ${auth.token}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`, 'utf8').toString('base64')}`;
}

/**
 * Every text that a client must not show: its credential and the password in the URL of its proxy, as they are given and as
 * they are sent.
 */
export function secretsOf({ auth, proxyUrl }: Pick<HttpClientOptions, 'auth' | 'proxyUrl'>): string[] {
  const proxy = proxyUrl !== undefined && URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
  return [
    ...secretsIn(auth),
    ...(proxy === undefined || proxy.password === '' ? [] : [proxy.password, ...secretsIn(proxyAuthOf(proxy))]),
  ];
}

function secretsIn(auth: HttpAuth | undefined): string[] {
  if (auth === undefined) return [];
  if (auth.type === 'bearer') return [auth.token];
  return [auth.password, authorizationHeader(auth).slice('Basic '.length)];
}

/** The user name and password of a proxy; undefined where they are not percent-encoded as a URL has to be. */
export function proxyAuthOf({ username, password }: URL): BasicAuth | undefined {
  try {
    return { type: 'basic', username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}
