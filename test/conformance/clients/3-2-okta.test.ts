import { expect, test } from 'vitest';
import type { ScimAnswer } from '../../support/scim-client.ts';
import { describeHosts } from '../../support/scim-host.ts';
import { oktaClient, oktaUser } from '../../support/scim-okta-client.ts';
import { listResponse, patchOp } from '../../support/scim-urns.ts';

const memberIds = ({ members = [] }: ScimAnswer['body']): readonly string[] =>
  members.map(({ value }: { value: string }) => value).toSorted();

describeHosts('3.2 Okta', (connect) => {
  test('Headers: those of Okta are taken, and the answer is bare scim+json', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    // The client asserts the media type of each answer.
    expect((await okta('GET', '/Users?startIndex=1&count=100')).status).toBe(200);
    expect((await okta('POST', '/Users', oktaUser)).status).toBe(201);
    const json = { 'content-type': 'application/json', 'user-agent': 'OKTA SCIM Integration' };
    expect((await scim.post('/Users', oktaUser.replace('isaac', 'isa'), { headers: json })).status).toBe(201);
  });

  test('Exists?: a user is looked for by name', async () => {
    const okta = oktaClient(await connect());
    const path = '/Users?filter=userName%20eq%20%22isaac.brock%40example.com%22&startIndex=1&count=100';
    expect((await okta('GET', path)).body).toEqual({
      schemas: [listResponse],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
    const { body } = await okta('POST', '/Users', oktaUser);
    expect((await okta('GET', path)).body).toMatchObject({ totalResults: 1, itemsPerPage: 1, Resources: [body] });
  });

  test('Create: groups: [] and a password are taken; the answer has a body, a second one is 409', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const answer = await okta('POST', '/Users', oktaUser);
    const { groups, password, ...sent } = JSON.parse(oktaUser);
    expect([groups, password]).toEqual([[], '1mz050nq']);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ ...sent, id: expect.stringMatching(/./) });
    expect(answer.body).not.toHaveProperty('password');
    const again = await okta('POST', '/Users', oktaUser);
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
  });

  test('Import: pages of 100 until totalResults, numbers as integers, the same order each time', async () => {
    const scim = await connect();
    for (let made = 0; made < 5; made++) {
      await Promise.all(Array.from({ length: 41 }, (_, n) => scim.createUser({ userName: `u${made}-${n}` })));
    }
    const readAll = async () => {
      const ids: string[] = [];
      for (let startIndex = 1, total = 1; startIndex <= total; startIndex += 100) {
        const { body } = await oktaClient(scim)('GET', `/Users?startIndex=${startIndex}&count=100`);
        for (const name of ['totalResults', 'startIndex', 'itemsPerPage']) expect(body[name]).toBeTypeOf('number');
        expect([body.startIndex, body.Resources.length]).toEqual([startIndex, body.itemsPerPage]);
        total = body.totalResults;
        ids.push(...body.Resources.map(({ id }: { id: string }) => id));
      }
      return ids;
    };
    const ids = await readAll();
    expect([ids.length, new Set(ids).size]).toEqual([205, 205]);
    expect(await readAll()).toEqual(ids);
  });

  test('Update, AIW: GET, then PUT of the whole object with a change', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const { id } = (await okta('POST', '/Users', oktaUser)).body;
    await scim.createGroup({ members: [{ value: id }] });
    const { body } = await okta('GET', `/Users/${id}`);
    const name = { givenName: 'Another', middleName: '', familyName: 'Excited' };
    const answer = await okta('PUT', `/Users/${id}`, { ...body, name });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, name: { givenName: 'Another', familyName: 'Excited' } });
    expect(answer.body.groups).toEqual(body.groups);
    expect(answer.body.emails).toEqual(body.emails);
  });

  test.each([false, true])('Update, AIW: a PUT sets active to %j, with everything else as it was', async (active) => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const { id } = (await okta('POST', '/Users', oktaUser.replace('"active": true', `"active": ${!active}`))).body;
    const { body } = await okta('GET', `/Users/${id}`);
    const answer = await okta('PUT', `/Users/${id}`, { ...body, active });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...body, active, meta: answer.body.meta });
    expect(answer.body.meta.created).toBe(body.meta.created);
  });

  test('Update, OIN: PUT for the profile', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const { id } = (await okta('POST', '/Users', oktaUser)).body;
    const answer = await okta('PUT', `/Users/${id}`, { ...JSON.parse(oktaUser), id, displayName: 'IB' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, displayName: 'IB', active: true });
  });

  test.each([{ active: false }, { active: true }, { password: 'aSecretOfOkta1' }])(
    'Update, OIN: PATCH without a path of %j',
    async (value) => {
      const scim = await connect();
      const okta = oktaClient(scim);
      const { body: before } = await okta('POST', '/Users', oktaUser);
      const answer = await okta('PATCH', `/Users/${before.id}`, {
        schemas: [patchOp],
        Operations: [{ op: 'replace', value }],
      });
      expect([200, 204]).toContain(answer.status);
      const after = await scim.read(`/Users/${before.id}`);
      expect(after).toEqual({ ...before, active: value.active ?? true, meta: after.meta });
    },
  );

  test('Delete: users are deactivated and stay; a group is deleted with 204', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const { id } = (await okta('POST', '/Users', oktaUser)).body;
    const group = await scim.createGroup({ members: [{ value: id }] });
    const body = { schemas: [patchOp], Operations: [{ op: 'replace', value: { active: false } }] };
    await okta('PATCH', `/Users/${id}`, body);
    expect((await okta('DELETE', `/Groups/${group.id}`)).status).toBe(204);
    const user = await scim.read(`/Users/${id}`);
    expect([user.active, user.groups]).toEqual([false, undefined]);
  });

  test.each(['Engineering', 'R&D "core" team', 'Ingénieurs + 李 100%', "O'Neil's (a) [b]"])(
    'Group push: %s is looked for, made with members: [], and found',
    async (displayName) => {
      const scim = await connect();
      const okta = oktaClient(scim);
      const filter = encodeURIComponent(`displayName eq ${JSON.stringify(displayName)}`);
      const path = `/Groups?filter=${filter}&startIndex=1&count=100`;
      expect((await okta('GET', path)).body.totalResults).toBe(0);
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
      const answer = await okta('POST', '/Groups', { schemas, displayName, members: [] });
      expect([answer.status, answer.body.displayName]).toEqual([201, displayName]);
      const found = (await okta('GET', path)).body;
      expect(found).toMatchObject({ totalResults: 1, Resources: [{ id: answer.body.id, displayName }] });
    },
  );

  test('Group rename (OIN): a replace without a path, with the id in it, again and again', async () => {
    const scim = await connect();
    const user = await scim.createUser();
    const { id } = await scim.createGroup({ displayName: 'Test SCIMv2', members: [{ value: user.id }] });
    const body = {
      schemas: [patchOp],
      Operations: [{ op: 'replace', value: { id, displayName: 'Test SCIMv2 renamed' } }],
    };
    for (let sent = 0; sent < 2; sent++) {
      expect([200, 204]).toContain((await oktaClient(scim)('PATCH', `/Groups/${id}`, body)).status);
      const group = await scim.read(`/Groups/${id}`);
      expect([group.displayName, memberIds(group)]).toEqual(['Test SCIMv2 renamed', [user.id]]);
    }
  });

  test('Membership (OIN): one PATCH takes one out and lets another in', async () => {
    const scim = await connect();
    const [a, b, c] = [await scim.createUser(), await scim.createUser(), await scim.createUser()];
    const { id } = await scim.createGroup({ members: [{ value: a.id }, { value: b.id }] });
    const answer = await oktaClient(scim)('PATCH', `/Groups/${id}`, {
      schemas: [patchOp],
      Operations: [
        { op: 'remove', path: `members[value eq "${a.id}"]` },
        { op: 'add', path: 'members', value: [{ value: c.id, display: 'test.user@okta.local' }] },
      ],
    });
    expect([200, 204]).toContain(answer.status);
    expect(memberIds(await scim.read(`/Groups/${id}`))).toEqual([b.id, c.id].toSorted());
  });

  test('Membership (OIN): a full replace', async () => {
    const scim = await connect();
    const [a, b, c] = [await scim.createUser(), await scim.createUser(), await scim.createUser()];
    const { id } = await scim.createGroup({ members: [{ value: a.id }] });
    const value = [b, c].map((user) => ({ value: user.id, display: user.userName }));
    const answer = await oktaClient(scim)('PATCH', `/Groups/${id}`, {
      schemas: [patchOp],
      Operations: [{ op: 'replace', path: 'members', value }],
    });
    expect([200, 204]).toContain(answer.status);
    expect(memberIds(await scim.read(`/Groups/${id}`))).toEqual([b.id, c.id].toSorted());
  });

  test('Membership (AIW): a PUT of the group with all members', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const [a, b] = [await scim.createUser(), await scim.createUser()];
    const { id } = await scim.createGroup({ displayName: 'Staff', members: [{ value: a.id }] });
    const { body } = await okta('GET', `/Groups/${id}`);
    const members = [...body.members, { value: b.id, display: 'b' }];
    const answer = await okta('PUT', `/Groups/${id}`, { ...body, members });
    expect(answer.status).toBe(200);
    expect(memberIds(answer.body)).toEqual([a.id, b.id].toSorted());
    const emptied = await okta('PUT', `/Groups/${id}`, { ...answer.body, members: [] });
    expect([emptied.status, memberIds(emptied.body)]).toEqual([200, []]);
  });

  test('Not used: what Okta never calls says in a SCIM error that it is off', async () => {
    const okta = oktaClient(await connect());
    // The client asserts the form of each error.
    expect((await okta('GET', '/Me')).status).toBe(501);
    expect((await okta('POST', '/Bulk', { schemas: [] })).status).toBe(501);
    expect([404, 405, 501]).toContain((await okta('POST', '/.search', { schemas: [] })).status);
  });

  test('Limits: the base URL has no underscore, and Basic is taken as well as a token', async () => {
    const scim = await connect({ basic: { userName: 'okta', password: 'a-password-for-okta-only' } });
    expect(scim.baseUrl).not.toContain('_');
    const as = `Basic ${Buffer.from('okta:a-password-for-okta-only').toString('base64')}`;
    expect((await scim.post('/Users', oktaUser, { as })).status).toBe(201);
    expect((await scim.get('/Users', { as })).body.totalResults).toBe(1);
  });
});
