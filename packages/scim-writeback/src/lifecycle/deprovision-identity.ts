import { member } from '../client/json.ts';
import type { ScimClient } from '../client/scim-client.ts';
import { patchRequest } from '../client/scim-request.ts';
import { readShown, unexpectedAnswer } from '../client/scim-resource.ts';
import type { ActionOptions, ActionResult } from './action.ts';
import { startAction } from './action-session.ts';
import { type UserReference, userIdOf } from './references.ts';

/** Services write booleans as texts, too. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/**
 * De-provision Identity: `PATCH /Users/{id}` with `replace active false`. The account stays and cannot log in. Done twice,
 * it is done.
 *
 * @throws RemoteError `not-found` when there is no such user; `response-invalid` when the answer shows the user as active
 */
export async function deprovisionIdentity(
  client: ScimClient,
  user: UserReference,
  options?: ActionOptions,
): Promise<ActionResult> {
  const session = startAction(client, options);
  const id = await userIdOf(session, user);
  const request = patchRequest('Users', id, [{ op: 'replace', path: 'active', value: false }]);
  const answer = await session.change(request);
  // A service that answers 200 and changes nothing leaves the access in place.
  if (answer !== undefined && isTrue(member(readShown(request, answer), 'active'))) {
    throw unexpectedAnswer(request, 'shows the user as active still', answer.status);
  }
  return session.end('deactivated', id);
}
