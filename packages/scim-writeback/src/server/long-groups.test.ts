import { expect, test } from 'vitest';
import { standardProfile } from '../protocol/profile.ts';
import {
  createGroup,
  createUser,
  groupBody,
  membersOf,
  openTestDirectory,
  patchBody,
  startService,
  type TestService,
} from './test-service.ts';
import { watchDirectory } from './test-watched-directory.ts';

const memberCount = 3_000;

/** Users in the directory itself: this is about groups. */
async function makeUsers({ directory }: TestService, count: number): Promise<readonly string[]> {
  const acme = directory.organization('acme');
  const context = { actor: 'test', requestId: 'test', origin: 'scim' } as const;
  const users = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const attributes = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `user-${index}` };
      return acme.create('User', { attributes }, context);
    }),
  );
  return users.map(({ id }) => id).toSorted();
}

test('a long group is written in pieces, and is the same JSON', async () => {
  const service = await startService();
  const users = await makeUsers(service, memberCount);
  const group = await createGroup(service, 'Everybody', users);
  const answer = await service.call('GET', `/Groups/${group}`);
  expect(answer.pieces).toBeGreaterThan(2);
  expect(answer.headers).toMatchObject({ etag: 'W/"1"', 'content-type': 'application/scim+json' });
  expect(Object.keys(answer.body)).toEqual(['schemas', 'id', 'displayName', 'members', 'meta']);
  expect(answer.body.members.map(({ value }: { value: string }) => value)).toEqual(users);

  const short = await service.call('GET', `/Groups/${group}?excludedAttributes=members`);
  const { members: _, ...others } = answer.body;
  expect([short.pieces, short.body]).toEqual([1, others]);

  const list = await service.call('GET', '/Groups');
  expect(list.pieces).toBeGreaterThan(2);
  expect(list.body).toMatchObject({ totalResults: 1, itemsPerPage: 1 });
  expect(list.body.Resources).toEqual([answer.body]);

  const values = await service.call('GET', `/Groups/${group}?attributes=members.value`);
  expect(values.body).toEqual({ schemas: answer.body.schemas, id: group, members: users.map((value) => ({ value })) });
  expect((await service.call('HEAD', `/Groups/${group}`)).text).toBe('');
});

test('a group of exactly one or two pages of members ends', async () => {
  const service = await startService();
  const users = await makeUsers(service, 2000);
  for (const count of [0, 999, 1000, 1001, 2000]) {
    const some = users.slice(0, count);
    expect(await membersOf(service, await createGroup(service, `${count}`, some))).toEqual(some);
  }
});

test('one request makes, empties and fills a long group', async () => {
  const service = await startService({ profile: { ...standardProfile, patchAnswer: { users: 200, groups: 200 } } });
  const users = await makeUsers(service, memberCount);
  const made = await service.call('POST', '/Groups', { body: groupBody('Everybody', users) });
  expect({ status: made.status, members: made.body.members.length }).toEqual({ status: 201, members: memberCount });
  const path = `/Groups/${made.body.id}`;
  const half = users.slice(0, memberCount / 2);
  const put = await service.call('PUT', path, { body: groupBody('Everybody', half) });
  expect(put.body.members).toHaveLength(half.length);
  const remove = patchBody({ op: 'remove', path: 'members', value: half.map((value) => ({ value })) });
  expect((await service.call('PATCH', path, { body: remove })).body).not.toHaveProperty('members');
  const add = patchBody({ op: 'add', path: 'members', value: users.map((value) => ({ value })) });
  expect((await service.call('PATCH', path, { body: add })).body.members).toHaveLength(memberCount);
});

test('HEAD reads no members', async () => {
  let pages = 0;
  const directory = watchDirectory(await openTestDirectory(), (operation) => {
    if (operation === 'members') pages++;
  });
  const service = await startService({ directory });
  const group = await createGroup(service, 'Everybody', await makeUsers(service, 3));
  pages = 0;
  expect((await service.call('HEAD', `/Groups/${group}`)).status).toBe(200);
  expect((await service.call('HEAD', '/Groups')).status).toBe(200);
  expect(pages).toBe(0);
});

test.each([
  ['before any member', 1],
  ['behind the first page', 2],
  ['when part of it is sent already', 3],
])('a group that is deleted %s shows nothing as the whole', async (_when, page) => {
  let pages = 0;
  let group = '';
  const directory = await openTestDirectory();
  const deleteInTime = watchDirectory(directory, async (operation) => {
    if (operation !== 'members' || ++pages !== page) return;
    const context = { actor: 'test', requestId: 'test', origin: 'scim' } as const;
    await directory.organization('acme').delete('Group', group, () => {}, context);
  });
  const service = await startService({ directory: deleteInTime });
  const made = await startService({ directory });
  group = await createGroup(made, 'Everybody', await makeUsers(made, memberCount));
  const answer = service.call('GET', `/Groups/${group}`);
  if (page < 3) expect(await answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  else await expect(answer).rejects.toMatchObject({ status: 503 });
});

test('a user is a member once, however often a body says so', async () => {
  const service = await startService();
  const jane = await createUser(service, 'jane');
  const members = [{ value: jane }, { value: jane, display: 'J' }, { value: jane, type: 'User' }];
  const { body } = await service.call('POST', '/Groups', { body: groupBody('Staff', [], { members }) });
  expect(body.members).toHaveLength(1);
});
