/** How a client proves who it is. */
export type HttpAuth =
  | { readonly type: 'bearer'; readonly token: string }
  | { readonly type: 'basic'; readonly username: string; readonly password: string };

/** The `Authorization` header (RFC 6750 section 2.1, RFC 7617 section 2). */
export function authorizationHeader(auth: HttpAuth): string {
  if (auth.type === 'bearer') return `Bearer ${auth.token}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`, 'utf8').toString('base64')}`;
}

/** Every text that must not be shown because of `auth`. */
export function secretsOf(auth: HttpAuth): string[] {
  if (auth.type === 'bearer') return [auth.token];
  return [auth.password, authorizationHeader(auth).slice('Basic '.length)];
}
