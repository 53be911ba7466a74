import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteDirectory } from '../directory/sqlite.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import { createUser, startService, userBody } from './test-service.ts';

/** A service over a database, and a second connection to it, as another process would have. */
async function startWithNeighbour() {
  const folder = await mkdtemp(join(tmpdir(), 'scim-busy-'));
  const file = join(folder, 'scim.db');
  const userSchema = new ResourceSchema(userResourceType);
  const directory = await openSqliteDirectory({
    file,
    userSchema,
    groupSchema: new ResourceSchema(groupResourceType),
  });
  const neighbour = new DatabaseSync(file);
  onTestFinished(async () => {
    neighbour.close();
    await directory.close();
    await rm(folder, { recursive: true });
  });
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  return { service: await startService({ directory }), neighbour };
}

// The service waits ten seconds for the lock before it gives up.
test('a database that another process keeps locked is 503 with Retry-After, and nothing is changed', {
  timeout: 60_000,
}, async () => {
  const { service, neighbour } = await startWithNeighbour();
  const id = await createUser(service, 'jane');
  neighbour.exec('BEGIN EXCLUSIVE');
  const changes = Promise.all([
    service.call('POST', '/Users', { body: userBody('kim') }),
    service.call('DELETE', `/Users/${id}`),
  ]);
  expect((await service.call('GET', `/Users/${id}`)).status).toBe(200);
  for (const answer of await changes) {
    expect([answer.status, answer.headers['retry-after'], answer.body]).toEqual([
      503,
      '10',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        detail: 'The directory is busy; nothing was changed. Repeat the request.',
        status: '503',
      },
    ]);
  }
  // Whoever runs the service is told of the cause.
  expect(service.records.filter(({ error }) => error instanceof Error).map(({ status }) => status)).toEqual([503, 503]);
  neighbour.exec('ROLLBACK');
  const { body } = await service.call('GET', '/Users');
  expect(body.Resources.map(({ userName }: { userName: string }) => userName)).toEqual(['jane']);
  expect((await service.call('POST', '/Users', { body: userBody('kim') })).status).toBe(201);
});
