import { describe, expect, test } from 'vitest';
import { standardProfile } from '../protocol/profile.ts';
import { extendResourceType } from '../protocol/schemas/extend-resource-type.ts';
import { readSchema } from '../protocol/schemas/read-schema.ts';
import { userResourceType } from '../protocol/schemas/resource-types.ts';
import {
  baseUrl,
  createGroup,
  createUser,
  groupBody,
  groupUrn,
  openTestDirectory,
  patchBody,
  startService,
  userBody,
  userUrn,
} from './test-service.ts';
import { watchDirectory } from './test-watched-directory.ts';

/** A service, and the questions about members and memberships that it asks its directory. */
async function startNoting() {
  const asked: string[] = [];
  const directory = watchDirectory(await openTestDirectory(), (operation) => {
    if (operation === 'members' || operation === 'memberships') asked.push(operation);
  });
  return { asked, service: await startService({ directory }) };
}

test('a user is shown with its groups, direct and indirect', async () => {
  const service = await startService();
  const jane = await createUser(service, 'jane');
  const inner = await createGroup(service, 'Inner', [jane]);
  const outer = await createGroup(service, 'Outer', [inner]);
  const { body } = await service.call('GET', `/Users/${jane}`);
  expect(Object.keys(body)).toEqual(['schemas', 'id', 'userName', 'active', 'groups', 'meta']);
  expect(body.groups).toHaveLength(2);
  expect(body.groups).toEqual(
    expect.arrayContaining([
      { value: inner, $ref: `${baseUrl}/Groups/${inner}`, display: 'Inner', type: 'direct' },
      { value: outer, $ref: `${baseUrl}/Groups/${outer}`, display: 'Outer', type: 'indirect' },
    ]),
  );
  const list = await service.call('GET', '/Users');
  expect(list.body.Resources).toEqual([body]);
  const selected = await service.call('GET', `/Users/${jane}?attributes=groups.display`);
  expect(selected.body.groups.map((group: object) => Object.keys(group))).toEqual([['display'], ['display']]);
});

test('a group is shown with users and groups as its members', async () => {
  const service = await startService();
  const jane = await createUser(service, 'jane', { displayName: 'Jane Doe' });
  const inner = await createGroup(service, 'Inner');
  const { body } = await service.call('POST', '/Groups', { body: groupBody('Staff', [jane, inner]) });
  expect(body).toEqual({
    schemas: [groupUrn],
    id: body.id,
    displayName: 'Staff',
    members: [
      { value: jane, $ref: `${baseUrl}/Users/${jane}`, type: 'User', display: 'Jane Doe' },
      { value: inner, $ref: `${baseUrl}/Groups/${inner}`, type: 'Group', display: 'Inner' },
    ],
    meta: { ...body.meta, resourceType: 'Group', location: `${baseUrl}/Groups/${body.id}` },
  });
  expect((await service.call('GET', `/Groups/${body.id}`)).body).toEqual(body);
  expect((await service.call('GET', '/Groups')).body.Resources).toContainEqual(body);
});

test('what a client writes of members besides their id is not shown', async () => {
  const service = await startService();
  const jane = await createUser(service, 'jane');
  const members = [{ value: jane, display: 'Eve', type: 'Group', $ref: 'https://evil.example/Users/1' }];
  const { body } = await service.call('POST', '/Groups', { body: groupBody('Staff', [], { members }) });
  expect(body.members).toEqual([{ value: jane, $ref: `${baseUrl}/Users/${jane}`, type: 'User', display: 'jane' }]);
});

describe('what is not shown is not read', () => {
  test.each(['/Groups', '/Users'])('%s', async (path) => {
    const { asked, service } = await startNoting();
    const group = path === '/Groups';
    const jane = await createUser(service, 'jane');
    const staff = await createGroup(service, 'Staff', [jane]);
    const attribute = group ? 'members' : 'groups';
    const id = group ? staff : jane;
    asked.length = 0;
    for (const query of [`excludedAttributes=${attribute}`, 'attributes=displayName']) {
      for (const url of [`${path}?${query}`, `${path}/${id}?${query}`]) {
        const { status, body } = await service.call('GET', url);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toContain(`"${attribute}"`);
      }
    }
    const known = group ? `${path}/${id}` : `${path}/${id}?excludedAttributes=groups`;
    expect((await service.call('GET', known, { headers: { 'if-none-match': 'W/"1"' } })).status).toBe(304);
    expect(asked).toEqual([]);
    await service.call('GET', `${path}/${id}`);
    expect(asked).toEqual([group ? 'members' : 'memberships']);
  });

  test('a PATCH of members reads none of them', async () => {
    const { asked, service } = await startNoting();
    const jane = await createUser(service, 'jane');
    const group = await createGroup(service, 'Staff', [jane]);
    asked.length = 0;
    const body = patchBody({ op: 'remove', path: 'members', value: [{ value: jane }] });
    expect((await service.call('PATCH', `/Groups/${group}`, { body })).status).toBe(204);
    expect(asked).toEqual([]);
  });

  test('the groups of a page of users are asked for at once', async () => {
    const { asked, service } = await startNoting();
    for (const name of ['a', 'b', 'c']) await createUser(service, name);
    asked.length = 0;
    expect((await service.call('GET', '/Users')).body.itemsPerPage).toBe(3);
    expect(asked).toEqual(['memberships']);
  });
});

describe('#69 the answer of a PATCH', () => {
  const rename = patchBody({ op: 'replace', path: 'displayName', value: 'New' });

  test('is 200 with the user, and 204 for a group', async () => {
    const service = await startService();
    const [user, group] = [await createUser(service, 'jane'), await createGroup(service, 'Staff')];
    const changed = await service.call('PATCH', `/Users/${user}`, { body: rename });
    expect(changed).toMatchObject({ status: 200, headers: { etag: 'W/"2"' }, body: { id: user, displayName: 'New' } });
    const renamed = await service.call('PATCH', `/Groups/${group}`, { body: rename });
    expect(renamed).toMatchObject({ status: 204, headers: { etag: 'W/"2"' }, text: '' });
    expect(renamed.headers).not.toHaveProperty('content-type');
  });

  test('#29 is 200 where attributes are named', async () => {
    const service = await startService();
    const group = await createGroup(service, 'Staff');
    const answer = await service.call('PATCH', `/Groups/${group}?attributes=displayName`, { body: rename });
    expect(answer).toMatchObject({ status: 200, headers: { etag: 'W/"2"' } });
    expect(answer.body).toEqual({ schemas: [groupUrn], id: group, displayName: 'New' });
  });

  test('is what the profile says', async () => {
    const profile = { ...standardProfile, patchAnswer: { users: 204, groups: 200 } as const };
    const service = await startService({ profile });
    const [user, group] = [await createUser(service, 'jane'), await createGroup(service, 'Staff')];
    expect((await service.call('PATCH', `/Users/${user}`, { body: rename })).status).toBe(204);
    expect((await service.call('PATCH', `/Groups/${group}`, { body: rename })).body.displayName).toBe('New');
  });
});

describe('#62 #63 PUT', () => {
  test('clears what it does not have, keeps what is readOnly, and ignores another id', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane', { title: 'Boss', active: false });
    const group = await createGroup(service, 'Staff', [id]);
    const { body } = await service.call('PUT', `/Users/${id}`, {
      body: userBody('Jane', { id: 'other', groups: [], meta: { version: 'W/"9"' }, displayName: 'J' }),
    });
    expect(body).toMatchObject({ id, userName: 'Jane', displayName: 'J', active: false, groups: [{ value: group }] });
    expect(body.meta.version).toBe('W/"2"');
    expect(body).not.toHaveProperty('title');
  });

  test('#65 of a taken userName is answered 409, of its own in another case 200', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane');
    await createUser(service, 'joe');
    const taken = await service.call('PUT', `/Users/${id}`, { body: userBody('JOE') });
    expect(taken).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
    expect((await service.call('PUT', `/Users/${id}`, { body: userBody('JANE') })).status).toBe(200);
  });

  test('of a group replaces its members; one without members empties it', async () => {
    const service = await startService();
    const [jane, joe] = [await createUser(service, 'jane'), await createUser(service, 'joe')];
    const group = await createGroup(service, 'Staff', [jane]);
    const put = async (body: object) => (await service.call('PUT', `/Groups/${group}`, { body })).body.members;
    expect(await put(groupBody('Staff', [joe]))).toMatchObject([{ value: joe }]);
    expect(await put(groupBody('Staff'))).toBeUndefined();
    expect((await service.call('GET', `/Users/${joe}`)).body).not.toHaveProperty('groups');
  });
});

test('#19 a password is in no answer and in no row', async () => {
  const service = await startService();
  const { body } = await service.call('POST', '/Users?attributes=password,userName', {
    body: userBody('jane', { password: 'hunter2' }),
  });
  const patch = patchBody({ op: 'replace', path: 'password', value: 'hunter3' });
  const patched = await service.call('PATCH', `/Users/${body.id}`, { body: patch });
  expect(JSON.stringify([body, patched.body])).not.toContain('hunter');
  const stored = await service.directory.organization('acme').get('User', body.id);
  const changes = await service.directory.organization('acme').changes(0, 10);
  expect(JSON.stringify([stored, changes])).not.toContain('hunter');
  const keeping = { ...standardProfile, passwords: 'keep' } as const;
  await expect(startService({ profile: keeping })).rejects.toThrow(/passwords/);
});

test('#30 what is returned on request is shown where it is named or was written', async () => {
  const urn = 'urn:example:params:scim:schemas:extension:2.0:User';
  const schema = readSchema({
    id: urn,
    name: 'Example',
    attributes: [
      { name: 'note', type: 'string', returned: 'request' },
      { name: 'grade', type: 'string', returned: 'request' },
    ],
  });
  const service = await startService({ userType: extendResourceType(userResourceType, [{ schema, required: false }]) });
  const written = await service.call('POST', '/Users', {
    body: userBody('jane', { [urn]: { note: 'n', grade: 'g' } }),
  });
  expect(written.body[urn]).toEqual({ note: 'n', grade: 'g' });
  const path = `/Users/${written.body.id}`;
  expect((await service.call('GET', path)).body).not.toHaveProperty([urn]);
  expect((await service.call('GET', `${path}?attributes=${urn}:note`)).body[urn]).toEqual({ note: 'n' });
  const patch = patchBody({ op: 'replace', path: `${urn}:grade`, value: 'h' });
  expect((await service.call('PATCH', path, { body: patch })).body[urn]).toEqual({ grade: 'h' });
});

describe('discovery', () => {
  test('#112 #113 lists and single documents agree', async () => {
    const { call } = await startService();
    for (const [path, ids] of [
      ['/ResourceTypes', ['User', 'Group']],
      ['/Schemas', [userUrn, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', groupUrn]],
    ] as const) {
      const { body } = await call('GET', `${path}?count=1&startIndex=2&sortBy=id`, { token: null });
      expect(body).toMatchObject({ totalResults: ids.length, itemsPerPage: ids.length, startIndex: 1 });
      expect(body.Resources.map(({ id }: { id: string }) => id)).toEqual(ids);
      for (const document of body.Resources) {
        expect(document.meta.location).toBe(`${baseUrl}${path}/${document.id}`);
        expect((await call('GET', `${path}/${document.id}`, { token: null })).body).toEqual(document);
        expect(JSON.stringify(document)).not.toContain('null');
      }
    }
  });

  test('#113 URNs do not depend on case', async () => {
    const { call } = await startService();
    const { status, body } = await call('GET', `/Schemas/${userUrn.toUpperCase()}`, { token: null });
    expect({ status, id: body.id }).toEqual({ status: 200, id: userUrn });
  });
});
