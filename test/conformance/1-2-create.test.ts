import { describe, expect, test } from 'vitest';
import { expectError, groupBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { coreGroup, coreUser, enterprise } from '../support/scim-urns.ts';

describeHosts('1.2 Create (POST)', (connect) => {
  test('#11 201 with the whole resource, Location and ETag', async () => {
    const scim = await connect();
    const attributes = {
      userName: 'jane.doe',
      name: { givenName: 'Jane', familyName: 'Doe' },
      emails: [{ value: 'jane@example.com', type: 'work', primary: true }],
      active: true,
      [enterprise]: { department: 'Sales' },
    };
    const answer = await scim.post('/Users', { schemas: [coreUser, enterprise], ...attributes });
    const { id, meta, schemas, ...rest } = answer.body;
    expect(answer.status).toBe(201);
    expect(rest).toEqual(attributes);
    expect(schemas).toEqual([coreUser, enterprise]);
    expect(meta.location).toBe(`${scim.baseUrl}/Users/${id}`);
    expect(answer.headers.get('location')).toBe(meta.location);
    expect(answer.headers.get('etag')).toBe(meta.version);
    expect(await scim.read(`/Users/${id}`)).toEqual(answer.body);
  });

  test('#11 of a group too', async () => {
    const scim = await connect();
    const user = await scim.createUser({ userName: 'jane', displayName: 'Jane' });
    const answer = await scim.post('/Groups', groupBody({ displayName: 'Staff', members: [{ value: user.id }] }));
    expect(answer.status).toBe(201);
    const { id, meta } = answer.body;
    expect(answer.body).toMatchObject({
      schemas: [coreGroup],
      displayName: 'Staff',
      members: [{ value: user.id, type: 'User', display: 'Jane', $ref: user.meta.location }],
      meta: { resourceType: 'Group', location: `${scim.baseUrl}/Groups/${id}` },
    });
    expect(answer.headers.get('location')).toBe(meta.location);
    expect(answer.headers.get('etag')).toBe(meta.version);
    expect(await scim.read(`/Groups/${id}`)).toEqual(answer.body);
  });

  test('#12 ids are given by the service: unique over all types, never what a client sends', async () => {
    const scim = await connect();
    const users = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => scim.createUser({ userName: `u${n}`, id: 'mine', externalId: 'mine' })),
    );
    const groups = await Promise.all([1, 2, 3].map((n) => scim.createGroup({ displayName: `g${n}`, id: 'mine' })));
    const ids: string[] = [...users, ...groups].map(({ id }) => id);
    expect(new Set(ids).size).toBe(8);
    for (const id of ids) {
      expect(id).toMatch(/^[A-Za-z0-9._~-]+$/);
      expect(id).not.toMatch(/bulkid|mine/i);
    }
    expectError(await scim.get('/Users/mine'), 404);
  });

  test('#12 an id is not given again, and stays through every change', async () => {
    const scim = await connect();
    const first = await scim.createUser({ userName: 'jane' });
    expect((await scim.put(`/Users/${first.id}`, userBody({ userName: 'joan' }))).body.id).toBe(first.id);
    expect((await scim.patched(`/Users/${first.id}`, { op: 'add', path: 'title', value: 'x' })).id).toBe(first.id);
    expect((await scim.delete(`/Users/${first.id}`)).status).toBe(204);
    expect((await scim.createUser({ userName: 'joan' })).id).not.toBe(first.id);
  });

  test('#13 meta is filled by the service, whatever a client sends', async () => {
    const scim = await connect();
    const { id, meta } = await scim.createUser({
      meta: { resourceType: 'Group', created: '2001-01-01T00:00:00Z', location: 'https://evil.example', version: '9' },
    });
    expect(Object.keys(meta).toSorted()).toEqual(['created', 'lastModified', 'location', 'resourceType', 'version']);
    expect(meta).toMatchObject({ resourceType: 'User', location: `${scim.baseUrl}/Users/${id}` });
    expect(meta.created).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?Z$/);
    expect(meta.created > '2020').toBe(true);
    expect(meta.lastModified).toBe(meta.created);
  });

  test.each([
    ['groups: []', { groups: [] }],
    ['groups with a group', { groups: [{ value: 'g', display: 'Admins' }] }],
    ['id', { id: 'mine' }],
    ['the name of a manager', { [enterprise]: { manager: { displayName: 'Boss' } } }],
    ['meta of the wrong type', { meta: 7 }],
  ])('#14 readOnly is ignored and not refused: %s', async (_what, attributes) => {
    const scim = await connect();
    const user = await scim.createUser({ userName: 'jane', ...attributes });
    expect(Object.keys(user).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
  });

  test('#14 in a group too', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane' });
    const members = [{ value: id, display: 'Somebody else' }];
    expect((await scim.createGroup({ members, id: 'mine' })).members).toMatchObject([{ value: id, display: 'jane' }]);
  });

  test.each([undefined, null, '', '   ', '\t', [], {}, 7, true, ['a', 'b']])(
    '#15 userName %j is 400 invalidValue',
    async (userName) => {
      const scim = await connect();
      expectError(await scim.post('/Users', userBody({ userName, title: 'Clerk' })), 400, 'invalidValue');
      expect((await scim.get('/Users')).body.totalResults).toBe(0);
    },
  );

  test.each([undefined, null, '', ' '])('#15 displayName %j of a group is 400 invalidValue', async (displayName) => {
    const scim = await connect();
    expectError(await scim.post('/Groups', groupBody({ displayName })), 400, 'invalidValue');
    expect((await scim.get('/Groups')).body.totalResults).toBe(0);
  });

  test.each([
    ['jane.doe', 'jane.doe'],
    ['jane.doe', 'Jane.DOE'],
    ['JÜRGEN', 'jürgen'],
    ['JU\u0308RGEN', 'jürgen'],
    ['ΟΔΟΣ', 'οδος'],
  ])('#16 %s and %s are one name: 409 uniqueness', async (first, second) => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: first, title: 'first' });
    const answer = await scim.post('/Users', userBody({ userName: second, title: 'second' }));
    expectError(answer, 409, 'uniqueness');
    expect(answer.body.detail).toContain('userName');
    expect(answer.body.detail).not.toContain(id);
    expect((await scim.get('/Users')).body).toMatchObject({ totalResults: 1, Resources: [{ id, title: 'first' }] });
  });

  test('#16 another organization may have the same name, and a group that of a user', async () => {
    const [acme, globex] = [await connect(), await connect()];
    await acme.createUser({ userName: 'jane' });
    expect(await globex.createUser({ userName: 'jane' })).toMatchObject({ userName: 'jane' });
    expect(await acme.createGroup({ displayName: 'jane' })).toMatchObject({ displayName: 'jane' });
  });

  describe('schemas', () => {
    test.each([undefined, null, [], 'x', [7], [enterprise], [coreGroup]])('#17 %j is 400', async (schemas) => {
      const scim = await connect();
      expectError(await scim.post('/Users', { schemas, userName: 'jane' }), 400, 'invalidSyntax');
    });

    test('#17 gets the URN of an extension that has data', async () => {
      const scim = await connect();
      const user = await scim.createUser({ schemas: [coreUser], [enterprise]: { department: 'Sales' } });
      expect(user.schemas).toEqual([coreUser, enterprise]);
      expect(user[enterprise]).toEqual({ department: 'Sales' });
    });

    test('#17 has no URN twice, and none without data', async () => {
      const scim = await connect();
      expect((await scim.createUser({ schemas: [coreUser, coreUser, enterprise] })).schemas).toEqual([coreUser]);
    });

    test('#17 passes over URNs that nobody knows', async () => {
      const scim = await connect();
      const foreign = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
      expect((await scim.createGroup({ schemas: [coreGroup, foreign] })).schemas).toEqual([coreGroup]);
    });
  });

  test.each([
    { title: null },
    { emails: [] },
    { emails: null, phoneNumbers: [null] },
    { name: {} },
    { name: { givenName: null } },
    { [enterprise]: null },
    { [enterprise]: { department: null, manager: {} } },
    { roles: [], photos: [{}] },
  ])('#18 %j is unassigned: absent when it is read', async (attributes) => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane', ...attributes });
    const user = await scim.read(`/Users/${id}`);
    expect(Object.keys(user).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    expect(user.schemas).toEqual([coreUser]);
  });

  test('#19 a password is taken and never seen again', async () => {
    const scim = await connect();
    const secret = 'Correct-Horse-7';
    const made = await scim.post('/Users?attributes=password,userName', userBody({ userName: 'a', password: secret }));
    expect(made.status).toBe(201);
    const path = `/Users/${made.body.id}`;
    const answers = [
      made,
      await scim.get(path),
      await scim.get(`${path}?attributes=password`),
      await scim.get('/Users?attributes=password,userName'),
      await scim.put(path, userBody({ userName: 'a', password: secret })),
      await scim.patch(path, [{ op: 'replace', path: 'password', value: secret }]),
      await scim.patch(path, [{ op: 'replace', value: { password: secret } }]),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300);
      expect(JSON.stringify(answer.body ?? null)).not.toMatch(/Correct-Horse|"password"/);
    }
    const refused = await scim.post('/Users', userBody({ password: secret }));
    expectError(refused, 400, 'invalidValue');
    expect(refused.body.detail).not.toContain(secret);
    expectError(await scim.get(`/Users?filter=${encodeURIComponent('password sw "C"')}`), 400, 'sensitive');
  });

  test('#20 after a DELETE the name can be used again', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane', externalId: 'x1' });
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expect(await scim.createUser({ userName: 'JANE', externalId: 'x1' })).toMatchObject({ userName: 'JANE' });
    expect(await scim.find('userName eq "jane"')).toEqual(['JANE']);
  });

  test('#21 names of attributes match in any case, and are answered as the schema writes them', async () => {
    const scim = await connect();
    const answer = await scim.post('/Users', {
      SCHEMAS: [coreUser],
      UserName: 'jane',
      NAME: { GivenName: 'Jane' },
      emails: [{ Value: 'j@example.com', Primary: true, TYPE: 'work' }],
      [enterprise.toLowerCase()]: { DEPARTMENT: 'Sales' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      schemas: [coreUser, enterprise],
      userName: 'jane',
      name: { givenName: 'Jane' },
      emails: [{ value: 'j@example.com', primary: true, type: 'work' }],
      [enterprise]: { department: 'Sales' },
    });
  });
});
