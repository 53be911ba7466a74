import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { newUuid } from '../directory/sql/new-id.ts';
import { SqlDirectory } from '../directory/sql/sql-directory.ts';
import { openSqlite } from '../directory/sql/sqlite-access.ts';
import { uniqueAttributes } from '../directory/sql/unique-values.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import { createUser, patchBody, startService, userBody } from './test-service.ts';

/** A service, and the database under it. */
async function startOverFile() {
  const folder = await mkdtemp(join(tmpdir(), 'scim-unwritable-'));
  const file = join(folder, 'scim.db');
  await copyFile('/dev/null', file);
  const access = await openSqlite(file);
  const rulesOf = (schema: ResourceSchema) => ({ schema, unique: uniqueAttributes(schema) });
  const directory = new SqlDirectory(access, {
    kinds: {
      User: rulesOf(new ResourceSchema(userResourceType)),
      Group: rulesOf(new ResourceSchema(groupResourceType)),
    },
    unknownMembers: 'reject',
    now: () => '2026-01-01T00:00:00',
    newId: () => newUuid(Date.now()),
  });
  onTestFinished(async () => {
    await directory.close();
    await rm(folder, { recursive: true });
  });
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  return { file, access, directory, service: await startService({ directory }) };
}

const refused = {
  status: 503,
  headers: { 'retry-after': '60' },
  body: { detail: 'The directory takes no changes now; nothing was changed. Repeat the request later.', status: '503' },
};

test('a full disk is 503 with Retry-After, nothing is kept, and all goes on when there is room', async () => {
  const { access, service } = await startOverFile();
  const id = await createUser(service, 'jane');
  const allow = (pages: number) => access.write((db) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db));
  await allow(1);
  const long = { title: 'x'.repeat(40_000) };
  const answers = await Promise.all([
    service.call('POST', '/Users', { body: userBody('kim', long) }),
    service.call('PATCH', `/Users/${id}`, { body: patchBody({ op: 'add', value: long }) }),
  ]);
  expect(answers).toMatchObject([refused, refused]);
  expect(service.records.filter(({ error }) => error instanceof Error)).toHaveLength(2);
  expect((await service.call('GET', '/Users')).body).toMatchObject({
    totalResults: 1,
    Resources: [{ id, meta: { version: 'W/"1"' } }],
  });
  await allow(1_000_000);
  expect((await service.call('POST', '/Users', { body: userBody('kim', long) })).status).toBe(201);
  expect(await service.directory.organization('acme').revision()).toBe(2);
});

test.each([
  ['deleted', async (file: string) => rm(file)],
  [
    'replaced by a copy',
    async (file: string) => {
      await copyFile(file, `${file}.copy`);
      await rename(`${file}.copy`, file);
    },
  ],
])('a database whose file was %s is not ready and acknowledges no change', async (_how, replace) => {
  const { file, directory, service } = await startOverFile();
  const id = await createUser(service, 'jane');
  await directory.checkReady();
  await rename(file, `${file}.kept`);
  await expect(directory.checkReady()).rejects.toMatchObject({ reason: 'file-replaced' });
  await rename(`${file}.kept`, file);
  await directory.checkReady();
  await replace(file);
  await expect(directory.checkReady()).rejects.toMatchObject({ reason: 'file-replaced' });
  const answers = await Promise.all([
    service.call('POST', '/Users', { body: userBody('kim') }),
    service.call('DELETE', `/Users/${id}`),
  ]);
  expect(answers).toMatchObject([refused, refused]);
  const errors = service.records.map(({ error }) => (error instanceof Error ? error.message : undefined));
  expect(errors.filter((message) => message?.includes('deleted or replaced'))).toHaveLength(2);
  // What it had is there to be read.
  expect((await service.call('GET', `/Users/${id}`)).status).toBe(200);
});
