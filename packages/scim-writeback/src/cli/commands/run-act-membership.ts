import type { CommandBody } from '@oaa-kit/oaa/cli';
import { addToGroup, removeFromGroup } from '../../lifecycle/manage-relationships.ts';
import { openScimClient } from '../act/open-scim-client.ts';
import { actionOptions, printAction } from '../act/print-action.ts';
import { groupReference, userReference } from '../act/references.ts';
import type { actMembershipOptions } from './act.ts';

function runWith(act: typeof addToGroup): CommandBody<typeof actMembershipOptions> {
  return async (context, { options }) => {
    const input = { user: userReference(options), group: groupReference(options) };
    const client = await openScimClient(context, options);
    printAction(context, 'group', await act(client, input, actionOptions(context, options['dry-run'])));
  };
}

/** Makes a user a member of a group. */
export const runActAddToGroup = runWith(addToGroup);

/** Takes a user out of a group. */
export const runActRemoveFromGroup = runWith(removeFromGroup);
