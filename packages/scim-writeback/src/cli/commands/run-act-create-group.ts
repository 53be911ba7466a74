import type { CommandBody } from '@oaa-kit/oaa/cli';
import { createEntitlement } from '../../lifecycle/create-entitlement.ts';
import { openScimClient } from '../act/open-scim-client.ts';
import { actionOptions, printAction } from '../act/print-action.ts';
import type { actCreateGroupOptions } from './act.ts';

/** Makes a group. */
export const runActCreateGroup: CommandBody<typeof actCreateGroupOptions> = async (context, { options }) => {
  const client = await openScimClient(context, options);
  const input = { displayName: options.name };
  printAction(context, 'group', await createEntitlement(client, input, actionOptions(context, options['dry-run'])));
};
