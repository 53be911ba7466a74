import { Refusal } from '../refusal.ts';
import type { Authenticator, Principal } from '../scim-service.ts';

/**
 * Finds out who asks. RFC 7644 s2, RFC 9110 s11.6.1.
 *
 * @throws Refusal 401 with `WWW-Authenticate`; the same whatever is wrong with the credential.
 */
export async function authenticate(
  authorization: string | undefined,
  authenticator: Authenticator,
): Promise<Principal> {
  const principal = await authenticator.authenticate(authorization);
  if (principal !== undefined) return principal;
  throw new Refusal(401, undefined, 'Send a valid credential in the header Authorization.', {
    'www-authenticate': authenticator.challenges.join(', '),
  });
}
