import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { createAuthenticator, createScimService, givenToken, nodeHandler } from '@oaa-kit/scim-writeback/server';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../packages/registrar/src/sandbox/tls.ts';

const mountPath = '/scim';

/** A service in a server that ends TLS itself, without a base URL. */
async function startOverTls() {
  const folder = await mkdtemp(join(tmpdir(), 'scim-tls-'));
  const directory = await openSqliteDirectory({
    file: join(folder, 'scim.db'),
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema(groupResourceType),
  });
  const given = [givenToken(randomBytes(32).toString('hex'), { organization: 'acme', label: 'tenant' })];
  const authenticator = await createAuthenticator({ credentials: directory.credentials, given });
  const { key, certificate } = await makeCertificate('localhost');
  const service = createScimService({ directory, authenticator, mountPath });
  const server = createServer({ key, cert: certificate }, nodeHandler(service, { mountPath }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await directory.close();
    await rm(folder, { recursive: true });
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}${mountPath}/v2`, certificate };
}

test('#7 where TLS ends in the server itself, locations are https', async () => {
  const { url, certificate } = await startOverTls();
  const [answer] = (await once(get(`${url}/ServiceProviderConfig`, { ca: certificate }), 'response')) as [
    IncomingMessage,
  ];
  expect(await json(answer)).toMatchObject({ meta: { location: `${url}/ServiceProviderConfig` } });
});
