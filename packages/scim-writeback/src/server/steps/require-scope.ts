import type { Scope } from '../../directory/credentials.ts';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Principal } from '../scim-service.ts';

/**
 * Refuses what a credential is not for. RFC 7644 s3.12.
 *
 * @throws ScimError 403 naming the scope.
 */
export function requireScope(scope: Scope, { scopes }: Principal): void {
  if (scopes.has(scope)) return;
  throw new ScimError(403, undefined, `This credential does not have the scope ${scope}.`);
}
