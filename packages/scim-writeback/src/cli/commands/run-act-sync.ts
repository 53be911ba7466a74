import type { CommandBody } from '@oaa-kit/oaa/cli';
import { applyTransformers } from '../../lifecycle/formatter/apply-transformers.ts';
import { syncIdentity } from '../../lifecycle/sync-identity.ts';
import { openScimClient } from '../act/open-scim-client.ts';
import { actionOptions, printAction } from '../act/print-action.ts';
import { readAttributes } from '../act/read-attributes.ts';
import { readFormatters } from '../act/read-formatters.ts';
import type { actSyncOptions } from './act.ts';

/** Makes or updates a user. With formatters, the attributes that are given are those of the source of identity. */
export const runActSync: CommandBody<typeof actSyncOptions> = async (context, { options }) => {
  const given = await readAttributes(context, options.attributes, options.set);
  const formatters = options.formatters === undefined ? undefined : await readFormatters(context, options.formatters);
  const { attributes, fallbackUserNames } =
    formatters === undefined
      ? { attributes: given, fallbackUserNames: [] }
      : applyTransformers(formatters.transformers, { attributes: given, lookupTables: formatters.lookupTables });
  const client = await openScimClient(context, options);
  const { reactivate, 'if-unchanged': ifUnchanged, 'dry-run': dryRun, 'extension-schemas': extensionSchemas } = options;
  const input = { attributes, fallbackUserNames, reactivate, ifUnchanged, extensionSchemas };
  printAction(context, 'user', await syncIdentity(client, input, actionOptions(context, dryRun)));
};
