import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteDirectory } from '../directory/sqlite.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import { groupBody, patchBody, startService } from './test-service.ts';

async function startWithUnknownMembers() {
  const folder = await mkdtemp(join(tmpdir(), 'scim-unknown-'));
  const directory = await openSqliteDirectory({
    file: join(folder, 'scim.db'),
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema(groupResourceType),
    unknownMembers: 'accept',
  });
  onTestFinished(async () => {
    await directory.close();
    await rm(folder, { recursive: true });
  });
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  return startService({ directory });
}

test('members that nobody knows are kept with the kind that a POST, a PUT or a PATCH gives them', async () => {
  const { call } = await startWithUnknownMembers();
  const body = (...members: readonly object[]) => groupBody('Staff', [], { members });
  const made = await call('POST', '/Groups', { body: body({ value: 'a', type: 'Group' }, { value: 'b' }) });
  const path = `/Groups/${made.body.id}`;
  const kinds = async () => {
    const { members } = (await call('GET', path)).body;
    return members.map(({ value, type, $ref }: Record<string, string>) => [value, type, $ref?.split('/').at(-2)]);
  };
  expect([made.status, await kinds()]).toEqual([
    201,
    [
      ['a', 'Group', 'Groups'],
      ['b', 'User', 'Users'],
    ],
  ]);
  await call('PUT', path, { body: body({ value: 'a' }, { value: 'b', type: 'Group' }) });
  expect((await kinds()).map(([, type]: readonly string[]) => type)).toEqual(['Group', 'Group']);
  await call('PATCH', path, {
    body: patchBody({ op: 'add', path: 'members', value: [{ value: 'a', type: 'User' }] }),
  });
  expect((await kinds()).map(([, type]: readonly string[]) => type)).toEqual(['User', 'Group']);
});
