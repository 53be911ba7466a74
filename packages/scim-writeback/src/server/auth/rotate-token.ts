import { InputError, UsageError } from '@oaa-kit/oaa';
import type { Credential, CredentialStore, NewCredential } from '../../directory/credentials.ts';
import { addToken, isLive } from './issue-credential.ts';

/**
 * Makes a second token for the client that has the named one: of the same label and scopes, and as long-lived as that one
 * was. The named one stays live until it is revoked.
 *
 * @param now in the form of `Date.toISOString`
 * @throws {InputError} `not-found` when the organization has no such credential
 * @throws {UsageError} when it is no token, or opens nothing any more; and when two tokens with its label are live already
 */
export async function rotateToken(
  store: CredentialStore,
  { organization, id }: { readonly organization: string; readonly id: string },
  now: string,
): Promise<{ readonly token: string; readonly credential: Credential }> {
  const named = await store.find(organization, id);
  if (named === undefined) {
    throw new InputError('not-found', `The organization "${organization}" has no token with this id.`, {
      hint: '`oaa scim token list` shows the ids; tokens that the service was started with are changed there.',
    });
  }
  const { kind, label, scopes, createdAt, expiresAt } = named;
  if (kind !== 'token') {
    throw new UsageError('setting-invalid', 'Only tokens are rotated; this credential has a password.');
  }
  const lifeMs = expiresAt === undefined ? undefined : Date.parse(expiresAt) - Date.parse(createdAt);
  const wanted: NewCredential = {
    organization,
    label,
    scopes,
    expiresAt: lifeMs === undefined ? undefined : new Date(Date.parse(now) + lifeMs).toISOString(),
  };
  return addToken(store, wanted, now, (sameLabel) => {
    // Within the transaction: whoever revoked it meanwhile did not mean to leave another one.
    if (sameLabel.some((one) => one.id === id && isLive(one, now))) return;
    throw new UsageError('setting-invalid', `The token ${id} has expired or was revoked: it is not rotated.`, {
      hint: 'Make a new one with `oaa scim token create`.',
    });
  });
}
