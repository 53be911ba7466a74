import { issueToken } from '@oaa-kit/scim-writeback/server';
import { expect, test, vi } from 'vitest';
import { expectError, groupBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge } from '../support/scim-urns.ts';

describeHosts('4 Security: who is who', (connect) => {
  test('S1 externalId and userName are never taken for an id', async () => {
    const scim = await connect();
    const first = await scim.createUser({ userName: 'kim' });
    const second = await scim.createUser({ userName: first.id, externalId: first.id, id: first.id });
    expect(second.id).not.toBe(first.id);
    expect(await scim.read(`/Users/${first.id}`)).toEqual(first);
    expect(await scim.find(`id eq "${first.id}"`)).toEqual(['kim']);
    const outsider = await scim.createUser({ userName: 'otto', externalId: 'ext-1' });
    expectError(await scim.get('/Users/ext-1'), 404);
    expectError(await scim.get('/Users/otto'), 404);
    expectError(await scim.delete('/Users/ext-1'), 404);
    expectError(
      await scim.post('/Groups', groupBody({ displayName: 'G', members: [{ value: 'ext-1' }] })),
      400,
      'invalidValue',
    );
    expect(await scim.read(`/Users/${outsider.id}`)).toEqual(outsider);
  });

  test('S3 a password makes no login', async () => {
    const scim = await connect({ basic: { userName: 'idp', password: 'a-long-password-of-an-idp' } });
    const password = 'jane-and-her-long-password';
    await scim.createUser({ userName: 'jane', password });
    expectError(await scim.get('/Users', { as: `Basic ${Buffer.from(`jane:${password}`).toString('base64')}` }), 401);
  });

  test.each(['', 'Bearer', 'Bearer ', 'Bearer null', 'Bearer undefined', 'Basic Og==', 'Basic ', 'Bearer ,', 'null'])(
    'S4 the Authorization %j opens nothing',
    async (authorization) => {
      const scim = await connect();
      expectError(await scim.get('/Users', { as: authorization }), 401);
    },
  );

  test('S6 two tokens live side by side; one that expired or was revoked opens nothing', async () => {
    const scim = await connect();
    const { credentials } = scim.host.directory;
    const wanted = { organization: scim.organization, label: 'rotated', scopes: ['scim:read'] as const };
    const soon = new Date(Date.now() + 1_500).toISOString();
    const now = new Date().toISOString();
    const [old, young] = [
      await issueToken(credentials, wanted, now),
      await issueToken(credentials, { ...wanted, expiresAt: soon }, now),
    ];
    const status = async (token: string) => (await scim.get('/Users', { as: `Bearer ${token}` })).status;
    expect([await status(old.token), await status(young.token)]).toEqual([200, 200]);
    expect(await credentials.revoke(scim.organization, old.credential.id, new Date().toISOString())).toBe(true);
    const watchdog = { timeout: 10_000, interval: 100 };
    await vi.waitFor(async () => expect(await status(old.token)).toBe(401), watchdog);
    await vi.waitFor(async () => expect(await status(young.token)).toBe(401), watchdog);
    expect((await scim.get('/Users')).status).toBe(200);
  });

  test('S7 an organization sees and changes nothing of another', async () => {
    const [acme, globex] = [await connect(), await connect()];
    const user = await acme.createUser({ userName: 'jane', externalId: 'x' });
    const group = await acme.createGroup({ displayName: 'Staff', members: [{ value: user.id }] });
    const before = await acme.read(`/Users/${user.id}`);
    const rename = [{ op: 'replace', path: 'displayName', value: 'Mine' }];
    for (const path of [`/Users/${user.id}`, `/Groups/${group.id}`]) {
      expectError(await globex.get(path), 404);
      expectError(await globex.put(path, userBody({ userName: 'jane', displayName: 'Mine' })), 404);
      expectError(await globex.patch(path, rename), 404);
      expectError(await globex.delete(path), 404);
    }
    for (const filter of ['userName pr', `id eq "${user.id}"`, 'externalId eq "x"', `groups.value eq "${group.id}"`]) {
      expect(await globex.find(filter)).toEqual([]);
    }
    expect(await globex.find(`members.value eq "${user.id}"`, '/Groups')).toEqual([]);
    expect((await globex.read('/Users')).totalResults).toBe(0);
    expect(await acme.read(`/Users/${user.id}`)).toEqual(before);
  });

  test("S7 another organization's user or group is no member", async () => {
    const [acme, globex] = [await connect(), await connect()];
    const user = await acme.createUser();
    const group = await acme.createGroup();
    const mine = await globex.createGroup({ displayName: 'Mine' });
    for (const value of [user.id, group.id]) {
      const members = [{ value }];
      expectError(await globex.post('/Groups', groupBody({ displayName: 'G', members })), 400, 'invalidValue');
      expectError(
        await globex.put(`/Groups/${mine.id}`, groupBody({ displayName: 'G', members })),
        400,
        'invalidValue',
      );
      const add = [{ op: 'add', path: 'members', value: members }];
      expectError(await globex.patch(`/Groups/${mine.id}`, add), 400, 'invalidValue');
    }
    expect(await globex.read(`/Groups/${mine.id}`)).toEqual(mine);
    expect(await acme.read(`/Users/${user.id}`)).not.toHaveProperty('groups');
  });

  test('S8 what no schema has, and what is computed, cannot be assigned', async () => {
    const scim = await connect();
    const staff = await scim.createGroup({ displayName: 'Admins' });
    const rights = {
      isAdmin: true,
      tenant: 'other',
      scopes: ['x'],
      groups: [{ value: staff.id }],
      [badge]: { approved: true },
    };
    const user = await scim.createUser({ userName: 'jane', ...rights });
    expect(Object.keys(user).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    expect(await scim.patched(`/Users/${user.id}`, { op: 'add', value: rights })).toEqual(user);
    expectError(
      await scim.patch(`/Users/${user.id}`, [{ op: 'add', path: 'isAdmin', value: true }]),
      400,
      'invalidPath',
    );
    const approve = { op: 'add', path: `${badge}:approved`, value: true };
    expectError(await scim.patch(`/Users/${user.id}`, [approve]), 400, 'mutability');
    expect(await scim.read(`/Groups/${staff.id}`)).not.toHaveProperty('members');
  });

  test("S20 what is another's and what is nowhere are answered alike", async () => {
    const [acme, globex] = [await connect(), await connect()];
    const { id } = await acme.createUser();
    const foreign = await globex.get(`/Users/${id}`);
    const unknown = await globex.get('/Users/00000000-0000-4000-8000-000000000000');
    expect(foreign.body).toEqual(unknown.body);
    const add = (value: string) => globex.post('/Groups', groupBody({ displayName: 'G', members: [{ value }] }));
    const details = [await add(id), await add('00000000-0000-4000-8000-000000000000')].map(({ body }) =>
      body.detail.replace(/[0-9a-f]{8}-[-0-9a-f]{27}/, 'ID'),
    );
    expect(details[0]).toBe(details[1]);
  });

  test.each(['gwadmin:password', 'admin:admin', ':', 'scim:scim'])(
    'S24 the default credential %s opens nothing',
    async (pair) => {
      const scim = await connect({ basic: { userName: 'idp', password: 'a-long-password-of-an-idp' } });
      expectError(await scim.get('/Users', { as: `Basic ${Buffer.from(pair).toString('base64')}` }), 401);
    },
  );
});
