import { InputError } from '@oaa-kit/oaa';
import type { ScimClient } from '../client/scim-client.ts';
import { createRequest } from '../client/scim-request.ts';
import { groupResourceType } from '../protocol/schemas/resource-types.ts';
import type { ActionOptions, ActionResult } from './action.ts';
import { startAction } from './action-session.ts';
import { readMade } from './read-made.ts';

/**
 * Create Entitlement: `POST /Groups` with the schemas and `displayName` only. Names of groups need not be unique (RFC 7643
 * s4.2): done twice, it may make two.
 *
 * @throws RemoteError 409 when the service keeps names unique and has this one
 * @throws UnreachableError whose hint says so when it is not known whether the group was made
 */
export async function createEntitlement(
  client: ScimClient,
  { displayName }: { readonly displayName: string },
  options?: ActionOptions,
): Promise<ActionResult> {
  if (displayName.trim() === '') {
    throw new InputError('input-invalid', 'The group has no name.', {
      hint: 'displayName is required (RFC 7643 s4.2).',
    });
  }
  const session = startAction(client, options);
  const request = createRequest('Groups', { schemas: [groupResourceType.schema.id], displayName });
  const answer = await session.change(request);
  const id = answer === undefined ? undefined : readMade(request, answer, 'displayName', displayName);
  return session.end('created', id);
}
