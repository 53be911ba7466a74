import { isJsonObject, type JsonObject, member } from '../client/json.ts';
import { readById } from '../client/read-by-id.ts';
import type { ScimClient } from '../client/scim-client.ts';
import { patchRequest } from '../client/scim-request.ts';
import { readShown, unexpectedAnswer } from '../client/scim-resource.ts';
import type { ActionOptions, ActionResult } from './action.ts';
import { startAction } from './action-session.ts';
import { type GroupReference, groupIdOf, type UserReference, userIdOf } from './references.ts';

export interface RelationshipInput {
  readonly user: UserReference;
  readonly group: GroupReference;
}

/** Whether a group has a member; undefined where it does not show its members. */
function hasMember(group: JsonObject, userId: string): boolean | undefined {
  const members = member(group, 'members');
  if (!Array.isArray(members)) return undefined;
  return members.some((one) => isJsonObject(one) && member(one, 'value') === userId);
}

/**
 * Manage Relationships, add: `GET /Groups/{groupId}`, then `PATCH` with `add members [{ value: userId }]`. Done twice, the
 * user is a member once. The id of the result is that of the group.
 *
 * @throws RemoteError `not-found` when there is no such group or user; `response-invalid` when the answer shows members
 * and the user is none of them
 */
export async function addToGroup(
  client: ScimClient,
  { user, group }: RelationshipInput,
  options?: ActionOptions,
): Promise<ActionResult> {
  const session = startAction(client, options);
  const userId = await userIdOf(session, user);
  const groupId = await groupIdOf(session, group);
  await readById(session.read, client.dialect, 'Groups', groupId);
  const request = patchRequest('Groups', groupId, [{ op: 'add', path: 'members', value: [{ value: userId }] }]);
  const answer = await session.change(request);
  if (answer !== undefined && hasMember(readShown(request, answer), userId) === false)
    throw unexpectedAnswer(request, 'shows members, and the user is none of them', answer.status);
  return session.end('added', groupId);
}

/**
 * Manage Relationships, remove: `PATCH /Groups/{groupId}` with `remove members [{ value: userId }]`, as the tenant sends
 * it. A service that takes RFC 7644 s3.5.2.2 by the letter has no value in a `remove`, and empties the group: try it on a
 * group of two first. Done twice, it is done. The id of the result is that of the group.
 *
 * @throws RemoteError `not-found` when there is no such group or user; `response-invalid` when the answer shows the user
 * as a member still
 */
export async function removeFromGroup(
  client: ScimClient,
  { user, group }: RelationshipInput,
  options?: ActionOptions,
): Promise<ActionResult> {
  const session = startAction(client, options);
  const userId = await userIdOf(session, user);
  const groupId = await groupIdOf(session, group);
  const request = patchRequest('Groups', groupId, [{ op: 'remove', path: 'members', value: [{ value: userId }] }]);
  const answer = await session.change(request);
  // A service that answers 200 and changes nothing leaves the access in place.
  if (answer !== undefined && hasMember(readShown(request, answer), userId) === true)
    throw unexpectedAnswer(request, 'shows the user as a member still', answer.status);
  return session.end('removed', groupId);
}
