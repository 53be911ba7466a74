import type { CommandContext } from '@oaa-kit/oaa/cli';
import { loadConfig } from '@oaa-kit/oaa/settings';
import type { BaseClient } from '../../client/bases/base-client.ts';
import type { Directory } from '../../directory/directory.ts';
import { acceptedBaseDocument, baseListDocument } from '../../server/admin/base-documents.ts';
import { entryOf, readWriteBackConfig } from '../config/write-back-config.ts';

/**
 * The bases of an organization in a database on this machine, as the administration API would tell them; linked as the
 * settings say, and of the application that they name, where there are any.
 */
export function localBases(
  context: Pick<CommandContext, 'cwd' | 'configFile'>,
  directory: Directory,
  organization: string,
  actor: string,
): BaseClient {
  const bases = directory.bases(organization);
  return {
    begin: () => bases.begin(),
    async submit(payload, options) {
      const { cwd, configFile } = context;
      const entries = readWriteBackConfig(await loadConfig({ cwd, file: configFile }));
      const { link, application } = entryOf(entries, organization) ?? {};
      return acceptedBaseDocument(await bases.submit(payload, { ...options, actor, link, application }));
    },
    list: async () => baseListDocument(await bases.list(), await bases.drifts()),
  };
}
