import { randomBytes } from 'node:crypto';
import { UsageError } from '@oaa-kit/oaa';
import type { Credential, CredentialStore, NewCredential, StoredCredential } from '../../directory/credentials.ts';
import { checkBasic } from './given-credentials.ts';
import { hashPassword } from './password-hash.ts';
import { makeToken, tokenDigest } from './token.ts';

/** The old one and the new one while clients change over. */
const liveTokensOfLabel = 2;

/** Whether a credential opens anything at this time (both in the form of `Date.toISOString`). */
export function isLive({ revokedAt, expiresAt }: Credential, now: string): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}

function checkNew({ label, scopes, expiresAt }: NewCredential, now: string): void {
  const invalid = (message: string, hint: string) => new UsageError('setting-invalid', message, { hint });
  if (!/^[^\p{Cc}]{1,64}$/u.test(label) || label.trim() !== label) {
    throw invalid(
      'The label is empty, too long, or has characters that cannot be shown.',
      'Name the client, in 64 characters.',
    );
  }
  if (scopes.length === 0) throw invalid('A credential without scopes opens nothing.', 'Give at least scim:read.');
  if (scopes.includes('tokens:rotate') && scopes.some((scope) => scope.startsWith('scim:'))) {
    throw invalid(
      'A credential for SCIM never makes another: tokens:rotate does not go with scim:read or scim:write.',
      'Make two credentials with a label each.',
    );
  }
  if (expiresAt !== undefined && expiresAt <= now) {
    throw invalid('The credential would have expired before its first use.', 'Give a time in the future.');
  }
}

function credentialOf({ organization, label, scopes, expiresAt }: NewCredential, now: string) {
  return {
    organization,
    label,
    scopes: [...new Set(scopes)],
    createdAt: now,
    expiresAt,
    lastUsedAt: undefined,
    revokedAt: undefined,
  };
}

function withoutSecret({ digest: _digest, userName: _userName, ...credential }: StoredCredential): Credential {
  return credential;
}

function refuseThird(sameLabel: readonly Credential[], { organization, label }: NewCredential, now: string): void {
  const live = sameLabel.filter((one) => isLive(one, now));
  if (live.length < liveTokensOfLabel) return;
  const ids = live.map(({ id }) => id).join(', ');
  throw new UsageError(
    'setting-invalid',
    `The organization "${organization}" has ${live.length} live tokens with the label "${label}": ${ids}.`,
    { hint: 'Revoke one of them with `oaa scim token revoke`, or take another label for another client.' },
  );
}

function refuseTaken(sameName: readonly Credential[], now: string): void {
  if (!sameName.some((one) => isLive(one, now))) return;
  throw new UsageError('setting-invalid', 'The user name is taken by another live credential.', {
    hint: 'Take another one, or revoke that credential.',
  });
}

/**
 * Makes a bearer token. The token itself is in the answer and nowhere else: what is kept is its digest.
 *
 * @param now in the form of `Date.toISOString`
 * @throws {UsageError} for values that make no sense, and when two tokens with this label are live already: clients change
 *   over with two, and a third is one that was forgotten
 * @throws {InputError} when the organization is not there
 *
 * @example
 * const { token } = await issueToken(directory.credentials, { organization: 'acme', label: 'tenant', scopes: ['scim:read'] }, now);
 */
export async function issueToken(
  store: CredentialStore,
  wanted: NewCredential,
  now: string,
): Promise<{ readonly token: string; readonly credential: Credential }> {
  checkNew(wanted, now);
  return addToken(store, wanted, now);
}

/**
 * Makes and keeps a token whose values were checked before.
 *
 * @param check told of the tokens with this label, in the transaction that adds the new one; what it throws prevents it
 * @throws {UsageError} when two tokens with this label are live already
 */
export async function addToken(
  store: CredentialStore,
  wanted: NewCredential,
  now: string,
  check?: (sameLabel: readonly Credential[]) => void,
): Promise<{ readonly token: string; readonly credential: Credential }> {
  const { id, token } = makeToken(wanted.organization);
  const stored: StoredCredential = {
    ...credentialOf(wanted, now),
    id,
    kind: 'token',
    digest: tokenDigest(token),
    userName: undefined,
  };
  await store.add(stored, (sameLabel) => {
    check?.(sameLabel);
    refuseThird(sameLabel, wanted, now);
  });
  return { token, credential: withoutSecret(stored) };
}

/**
 * Keeps a user name and password for Basic. The user name leads to the organization, so no two live credentials have the
 * same one.
 *
 * @throws {UsageError} for a weak password, and for a user name that is taken in any organization
 * @throws {InputError} when the organization is not there
 */
export async function issueBasic(
  store: CredentialStore,
  wanted: NewCredential & { readonly userName: string; readonly password: string },
  now: string,
): Promise<Credential> {
  checkNew(wanted, now);
  checkBasic(wanted.userName, wanted.password);
  const stored: StoredCredential = {
    ...credentialOf(wanted, now),
    id: randomBytes(8).toString('hex'),
    kind: 'basic',
    digest: await hashPassword(wanted.password),
    userName: wanted.userName,
  };
  await store.add(stored, (sameName) => refuseTaken(sameName, now));
  return withoutSecret(stored);
}
