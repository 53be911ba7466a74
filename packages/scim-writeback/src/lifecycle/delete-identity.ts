import type { ScimClient } from '../client/scim-client.ts';
import { deleteRequest } from '../client/scim-request.ts';
import { readChanged } from '../client/scim-resource.ts';
import type { ActionOptions, ActionResult } from './action.ts';
import { startAction } from './action-session.ts';
import { type UserReference, userIdOf } from './references.ts';

/**
 * Delete Identity: `DELETE /Users/{id}`. The service of a Veza tenant deactivates the user instead, and so says the outcome.
 *
 * @throws RemoteError `not-found` when there is no such user, unless a first request without an answer has deleted it
 */
export async function deleteIdentity(
  client: ScimClient,
  user: UserReference,
  options?: ActionOptions,
): Promise<ActionResult> {
  const session = startAction(client, options);
  const id = await userIdOf(session, user);
  const request = deleteRequest('Users', id);
  const answer = await session.change(request);
  if (answer !== undefined) readChanged(request, answer);
  return session.end(client.dialect.deletedUser === 'erased' ? 'deleted' : 'deactivated', id);
}
