import { UsageError } from '@oaa-kit/oaa';
import type { Scope, StoredCredential } from '../../directory/credentials.ts';
import { hashPassword } from './password-hash.ts';
import { tokenDigest } from './token.ts';

/** Whose credential it is that the operator gives to the server at its start. */
export interface GivenFor {
  readonly organization: string;
  /** What logs, metrics and change rows call it; no two given credentials have the same. */
  readonly label: string;
  readonly scopes?: readonly Scope[] | undefined;
}

const shortestToken = 32;
const longestSecret = 1024;
const shortestPassword = 12;

/** Whether a text is made of few characters, or of a part that is repeated: `changemechangeme`. */
function isMonotonous(text: string, distinct: number): boolean {
  return new Set(text).size < distinct || (text + text).indexOf(text, 1) < text.length;
}

function refuse(what: string, problem: string, hint: string): UsageError {
  return new UsageError('setting-invalid', `The ${what} that was given ${problem}.`, { hint });
}

function given(
  { organization, label, scopes = ['scim:read', 'scim:write'] }: GivenFor,
  secret: Pick<StoredCredential, 'kind' | 'digest' | 'userName'>,
): StoredCredential {
  return {
    id: `given:${label}`,
    organization,
    label,
    scopes,
    // It lives as long as the process that it was given to, and no longer.
    createdAt: new Date(0).toISOString(),
    expiresAt: undefined,
    lastUsedAt: undefined,
    revokedAt: undefined,
    ...secret,
  };
}

/**
 * A bearer token that the operator chose. It is kept in memory only, as a digest.
 *
 * @throws {UsageError} when it is too short or too plain to be random, or cannot stand in a header. RFC 6750 s2.1
 *
 * @example
 * const credential = givenToken(token, { organization: 'default', label: 'tenant' });
 */
export function givenToken(token: string, options: GivenFor): StoredCredential {
  const hint =
    '`openssl rand -hex 32` prints a good one; `oaa scim token create` makes one with an expiry and a history.';
  if (token.length < shortestToken) throw refuse('token', `has fewer than ${shortestToken} characters`, hint);
  if (token.length > longestSecret) throw refuse('token', `has more than ${longestSecret} characters`, hint);
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) {
    throw refuse('token', 'has characters that cannot be sent: only letters, digits and -._~+/= can', hint);
  }
  if (isMonotonous(token, 8)) throw refuse('token', 'repeats itself, and could be guessed', hint);
  return given(options, { kind: 'token', digest: tokenDigest(token), userName: undefined });
}

/**
 * A user name and password for Basic that the operator chose. The password is kept in memory only, as a scrypt hash.
 *
 * @throws {UsageError} when the password is too short or too plain, or one of the two cannot stand in a header. RFC 7617 s2
 */
export async function givenBasic(userName: string, password: string, options: GivenFor): Promise<StoredCredential> {
  checkBasic(userName, password);
  return given(options, { kind: 'basic', digest: await hashPassword(password), userName });
}

/** @throws {UsageError} like `givenBasic` */
export function checkBasic(userName: string, password: string): void {
  const hint = `Take at least ${shortestPassword} characters that nobody can guess; \`openssl rand -hex 16\` prints some.`;
  if (!/^[^\p{Cc}:]{1,256}$/u.test(userName)) {
    throw refuse('user name', 'is empty, too long, or has a colon or control characters in it', 'Take a plain name.');
  }
  if (/\p{Cc}/u.test(password)) throw refuse('password', 'has control characters in it', hint);
  if (password.length < shortestPassword)
    throw refuse('password', `has fewer than ${shortestPassword} characters`, hint);
  if (password.length > longestSecret) throw refuse('password', `has more than ${longestSecret} characters`, hint);
  if (isMonotonous(password, 5)) throw refuse('password', 'repeats itself, and could be guessed', hint);
}
