import type { CommandBody } from '@oaa-kit/oaa/cli';
import { deleteIdentity } from '../../lifecycle/delete-identity.ts';
import { deprovisionIdentity } from '../../lifecycle/deprovision-identity.ts';
import { openScimClient } from '../act/open-scim-client.ts';
import { actionOptions, printAction } from '../act/print-action.ts';
import { userReference } from '../act/references.ts';
import type { actUserOptions } from './act.ts';

function runWith(act: typeof deleteIdentity): CommandBody<typeof actUserOptions> {
  return async (context, { options }) => {
    const user = userReference(options);
    const client = await openScimClient(context, options);
    printAction(context, 'user', await act(client, user, actionOptions(context, options['dry-run'])));
  };
}

/** Deactivates a user. */
export const runActDeprovision = runWith(deprovisionIdentity);

/** Deletes a user. */
export const runActDelete = runWith(deleteIdentity);
