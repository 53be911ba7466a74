import type { BaseClient } from '../../client/bases/base-client.ts';
import type { Directory } from '../../directory/directory.ts';
import { acceptedBaseDocument, baseListDocument } from '../../server/admin/base-documents.ts';

/** The bases of an organization in a database on this machine, as the administration API would tell them. */
export function localBases(directory: Directory, organization: string, actor: string): BaseClient {
  const bases = directory.bases(organization);
  return {
    begin: () => bases.begin(),
    submit: async (payload, options) => acceptedBaseDocument(await bases.submit(payload, { ...options, actor })),
    list: async () => baseListDocument(await bases.list(), await bases.drifts()),
  };
}
