import { expect, test } from 'vitest';
import { expectError, groupBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreGroup, coreUser, enterprise } from '../support/scim-urns.ts';

describeHosts('1.6 PUT', (connect) => {
  test('#62 200 with what the resource is now', async () => {
    const scim = await connect();
    const before = await scim.createUser({ userName: 'jane', title: 'Clerk' });
    const answer = await scim.put(`/Users/${before.id}`, userBody({ userName: 'joan', nickName: 'J', active: true }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      schemas: [coreUser],
      id: before.id,
      userName: 'joan',
      nickName: 'J',
      active: true,
      meta: { ...before.meta, lastModified: expect.any(String), version: expect.any(String) },
    });
    expect(answer.body.meta.version).not.toBe(before.meta.version);
    expect(answer.body.meta.lastModified >= before.meta.lastModified).toBe(true);
    expect(answer.headers.get('etag')).toBe(answer.body.meta.version);
    expect(await scim.read(`/Users/${before.id}`)).toEqual(answer.body);
  });

  test('#62 never creates', async () => {
    const scim = await connect();
    expectError(await scim.put('/Users/unknown', userBody({ userName: 'jane' })), 404);
    expectError(await scim.put('/Groups/unknown', groupBody({ displayName: 'Staff' })), 404);
    expect((await scim.get('/Users')).body.totalResults).toBe(0);
    expect((await scim.get('/Groups')).body.totalResults).toBe(0);
  });

  test('#63 what was read can be put back, and changes nothing', async () => {
    const scim = await connect();
    const manager = await scim.createUser({ userName: 'boss' });
    const { id } = await scim.createUser({
      userName: 'jane',
      emails: [{ value: 'j@example.com', type: 'work', primary: true }],
      [enterprise]: { manager: { value: manager.id } },
    });
    await scim.createGroup({ members: [{ value: id }] });
    const before = await scim.read(`/Users/${id}`);
    expect(before.groups).toHaveLength(1);
    const answer = await scim.put(`/Users/${id}`, before);
    expect([answer.status, answer.body]).toEqual([200, before]);
  });

  test('#63 readOnly values of the body are ignored', async () => {
    const scim = await connect();
    const { id, meta } = await scim.createUser({ userName: 'jane' });
    const answer = await scim.put(
      `/Users/${id}`,
      userBody({ userName: 'jane', groups: [{ value: 'admins' }], meta: { created: '2001-01-01T00:00:00Z' } }),
    );
    expect(answer.body).not.toHaveProperty('groups');
    expect(answer.body.meta.created).toBe(meta.created);
  });

  test('#63 immutable: settable while unset, then only the same', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane' });
    const put = (number: string) => scim.put(`/Users/${id}`, userBody({ userName: 'jane', [badge]: { number } }));
    expect((await put('B-1')).body[badge]).toEqual({ number: 'B-1' });
    expect((await put('B-1')).status).toBe(200);
    expectError(await put('B-2'), 400, 'mutability');
    expect((await scim.read(`/Users/${id}`))[badge]).toEqual({ number: 'B-1' });
  });

  test('#63 what is left out is cleared', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({
      userName: 'jane',
      externalId: 'x1',
      title: 'Clerk',
      name: { givenName: 'Jane', familyName: 'Doe' },
      emails: [{ value: 'j@example.com' }],
      [enterprise]: { department: 'Sales' },
    });
    const { body } = await scim.put(`/Users/${id}`, userBody({ userName: 'jane', name: { givenName: 'Jane' } }));
    expect(Object.keys(body).toSorted()).toEqual(['active', 'id', 'meta', 'name', 'schemas', 'userName']);
    expect(body.name).toEqual({ givenName: 'Jane' });
    expect(body.schemas).toEqual([coreUser]);
    expect(await scim.find('externalId eq "x1" or title pr')).toEqual([]);
  });

  test('#63 a PUT that says nothing of active lets nobody in again', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane', active: false });
    expect((await scim.put(`/Users/${id}`, userBody({ userName: 'jane' }))).body.active).toBe(false);
    expect((await scim.put(`/Users/${id}`, userBody({ userName: 'jane', active: true }))).body.active).toBe(true);
  });

  test('#63 all members of a group are replaced, and an absent list clears them', async () => {
    const scim = await connect();
    const [a, b, c] = [await scim.createUser(), await scim.createUser(), await scim.createUser()];
    const { id } = await scim.createGroup({ members: [{ value: a.id }, { value: b.id }] });
    const put = async (members: unknown) => {
      const { body } = await scim.put(`/Groups/${id}`, groupBody({ displayName: 'Staff', members }));
      return (body.members ?? []).map(({ value }: { value: string }) => value).toSorted();
    };
    expect(await put([{ value: b.id }, { value: c.id }])).toEqual([b.id, c.id].toSorted());
    expect(await scim.read(`/Users/${a.id}`)).not.toHaveProperty('groups');
    expect((await scim.read(`/Users/${c.id}`)).groups).toMatchObject([{ value: id }]);
    expect(await put(undefined)).toEqual([]);
    expect(await scim.read(`/Groups/${id}`)).not.toHaveProperty('members');
  });

  test.each([{}, { userName: null }, { userName: ' ' }])('#64 %j is 400 invalidValue, without effect', async (body) => {
    const scim = await connect();
    const before = await scim.createUser({ userName: 'jane', title: 'Clerk' });
    expectError(await scim.put(`/Users/${before.id}`, userBody(body)), 400, 'invalidValue');
    expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
    const group = await scim.createGroup();
    expectError(await scim.put(`/Groups/${group.id}`, groupBody({})), 400, 'invalidValue');
  });

  test('#65 the name of another is 409 uniqueness, its own in another case is not', async () => {
    const scim = await connect();
    await scim.createUser({ userName: 'kim' });
    const before = await scim.createUser({ userName: 'jane', title: 'Clerk' });
    const path = `/Users/${before.id}`;
    expectError(await scim.put(path, userBody({ userName: 'KIM', title: 'Boss' })), 409, 'uniqueness');
    expect(await scim.read(path)).toEqual(before);
    expect((await scim.put(path, userBody({ userName: 'JANE' }))).body.userName).toBe('JANE');
    expect(await scim.find('userName eq "jane"')).toEqual(['JANE']);
  });

  test('#65 a name that was given up can be taken', async () => {
    const scim = await connect();
    const jane = await scim.createUser({ userName: 'jane' });
    expect((await scim.put(`/Users/${jane.id}`, userBody({ userName: 'joan' }))).status).toBe(200);
    expect(await scim.createUser({ userName: 'jane' })).toMatchObject({ userName: 'jane' });
  });

  test('#66 an id of the body that is not that of the URL moves nothing', async () => {
    const scim = await connect();
    const [jane, kim] = [await scim.createUser({ userName: 'jane' }), await scim.createUser({ userName: 'kim' })];
    const answer = await scim.put(`/Users/${jane.id}`, {
      schemas: [coreUser],
      id: kim.id,
      userName: 'jane',
      title: 'x',
    });
    expect(answer.body).toMatchObject({ id: jane.id, title: 'x' });
    expect(await scim.read(`/Users/${kim.id}`)).toEqual(kim);
    const group = await scim.createGroup({ displayName: 'Staff' });
    const moved = await scim.put(`/Groups/${group.id}`, { schemas: [coreGroup], id: 'other', displayName: 'Crew' });
    expect(moved.body).toMatchObject({ id: group.id, displayName: 'Crew' });
  });
});
