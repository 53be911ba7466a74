import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { createAuthenticator, givenToken, startScimServer } from '@oaa-kit/scim-writeback/server';

/** The token that `startScimService` opens to. */
export const scimToken = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';

export interface RunningScimService {
  /** Base URL. */
  readonly url: string;
  close(): Promise<void>;
}

/** A SCIM service over an empty directory, on a port that the system chooses. */
export async function startScimService(): Promise<RunningScimService> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-scim-service-'));
  const directory = await openSqliteDirectory({
    file: join(folder, 'scim.db'),
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema(groupResourceType),
  });
  await directory.organizations.create({ id: 'default', name: 'Help Desk' });
  const authenticator = await createAuthenticator({
    credentials: directory.credentials,
    given: [givenToken(scimToken, { organization: 'default', label: 'tenant' })],
  });
  const server = await startScimServer({ directory, authenticator, port: 0, log: { write: () => undefined } });
  return {
    url: server.url,
    async close() {
      await server.close();
      await directory.close();
      await rm(folder, { recursive: true });
    },
  };
}
