import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * `scim_<organization>_<id>_<secret>`. The id has 16 and the secret 64 hexadecimal digits, so that the text comes apart in
 * one way although organizations may have `_` in their names, and so that secret scanners find it by its form.
 */
const form = /^scim_([A-Za-z0-9_-]{1,64})_([0-9a-f]{16})_[0-9a-f]{64}$/;

/** What a token says of itself; only its digest shows that it is true. */
export interface TokenName {
  readonly organization: string;
  readonly id: string;
}

/** A new token with 256 random bits. */
export function makeToken(organization: string): TokenName & { readonly token: string } {
  const id = randomBytes(8).toString('hex');
  return { organization, id, token: `scim_${organization}_${id}_${randomBytes(32).toString('hex')}` };
}

/** Takes a token apart; undefined when it has another form. */
export function readToken(token: string): TokenName | undefined {
  const [, organization, id] = form.exec(token) ?? [];
  return organization === undefined || id === undefined ? undefined : { organization, id };
}

/**
 * SHA-256 of the whole token, with the organization and the id that it names. No salt and no stretching: what has 256
 * random bits cannot be guessed.
 */
export function tokenDigest(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Compares two digests of the same length in a time that does not depend on where they differ. */
export function sameDigest(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
