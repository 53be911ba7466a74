import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issueToken } from '@oaa-kit/scim-writeback/server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { expectError, groupBody, patchBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { rawRequest } from '../support/scim-raw-request.ts';
import { badge, coreUser, enterprise } from '../support/scim-urns.ts';

const filterPath = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;

describeHosts('4 Security pitfalls', (connect) => {
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

  describe('prototypes', () => {
    const hostile = ['__proto__', 'constructor', 'prototype'];
    const unpolluted = () => expect([Object.keys(Object.prototype), 'polluted' in {}]).toEqual([[], false]);

    test.each(hostile)('S9 the name %s in a body is 400, at every depth', async (name) => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'kim' });
      const bad = `{"${name}":{"polluted":true}}`;
      for (const part of [
        `"${name}":{"polluted":true}`,
        `"name":${bad}`,
        `"emails":[${bad}]`,
        `"${enterprise}":${bad}`,
      ]) {
        const body = `{"schemas":["${coreUser}"],"userName":"jane",${part}}`;
        expect((await scim.post('/Users', body)).status).toBe(400);
        expect((await scim.put(`/Users/${id}`, body)).status).toBe(400);
      }
      const operation = `{"op":"add","value":${bad}}`;
      const body = JSON.stringify(patchBody('OPERATION')).replace('"OPERATION"', operation);
      expect((await scim.request('PATCH', `/Users/${id}`, { body })).status).toBe(400);
      expect(await scim.find('userName pr')).toEqual(['kim']);
      unpolluted();
    });

    test.each([
      '__proto__.polluted',
      'constructor.prototype.polluted',
      'name.__proto__',
      '__proto__[a eq "b"].polluted',
      'emails[type eq "work"].__proto__',
    ])('S9 the path %s is 400', async (path) => {
      const scim = await connect();
      const { id } = await scim.createUser();
      const inObject = [{ op: 'add', value: JSON.parse(`{${JSON.stringify(path)}:true}`) }];
      expect((await scim.patch(`/Users/${id}`, [{ op: 'add', path, value: true }])).status).toBe(400);
      expect((await scim.patch(`/Users/${id}`, inObject)).status).toBe(400);
      unpolluted();
    });

    test('S9 in filters, sortBy and attributes they are names that nothing has', async () => {
      const scim = await connect();
      await scim.createUser();
      for (const name of [...hostile, 'toString', 'hasOwnProperty']) {
        expect([200, 400]).toContain((await scim.get(filterPath(`${name} pr`))).status);
        expect([200, 400]).toContain((await scim.get(`/Users?sortBy=${name}`)).status);
        const { Resources } = await scim.read(`/Users?attributes=${name}`);
        expect(Object.keys(Resources[0]).toSorted()).toEqual(['id', 'schemas']);
        expectError(await scim.get(`/Users/${name}`), 404);
        expectError(await scim.get(`/${name}`), 404);
        expectError(await scim.get(`/Schemas/${name}`), 404);
        expectError(await scim.get(`/ResourceTypes/${name}`), 404);
      }
    });
  });

  test.each([
    `userName eq "x' or '1'='1"`,
    'userName eq "x\\" or \\"1\\"=\\"1"',
    'userName eq "x\'; drop table resources; --"',
    'userName sw "%"',
    'userName co "_"',
    'userName co "%"',
    'userName eq "*"',
    'displayName co ".*"',
    'emails co "%"',
    'externalId sw "_"',
  ])('S10 %s is text and no pattern', async (filter) => {
    const scim = await connect();
    await scim.createUser({
      userName: 'jane',
      displayName: 'Jane',
      externalId: 'x',
      emails: [{ value: 'j@x.example' }],
    });
    expect(await scim.find(filter)).toEqual([]);
    expect((await scim.read('/Users')).totalResults).toBe(1);
  });

  test('S10 characters with a meaning in SQL are found as they are', async () => {
    const scim = await connect();
    for (const displayName of ['100%', '1000', 'a_b', 'axb', "O'Neil", 'a\\b']) {
      await scim.createUser({ userName: displayName, displayName });
    }
    for (const [filter, found] of [
      ['displayName co "0%"', '100%'],
      ['displayName co "a_"', 'a_b'],
      ['displayName eq "O\'Neil"', "O'Neil"],
      ['displayName ew "\\\\b"', 'a\\b'],
    ] as const) {
      expect(await scim.find(filter)).toEqual([found]);
    }
  });

  test('S11 a filter that grows when it is multiplied out is answered or refused at once', async () => {
    const scim = await connect();
    await scim.createUser({ userName: 'jane', title: 'b' });
    const group = '(title eq "a" or title eq "b")';
    expect(await scim.find(Array.from({ length: 20 }, () => group).join(' and '))).toEqual(['jane']);
    expectError(
      await scim.get(filterPath(Array.from({ length: 100 }, () => group).join(' and '))),
      400,
      'invalidFilter',
    );
    expectError(await scim.get(filterPath(`${'not ('.repeat(300)}title pr${')'.repeat(300)}`)), 400, 'invalidFilter');
    const deep = [{ op: 'remove', path: `emails[${'('.repeat(500)}type pr${')'.repeat(500)}]` }];
    const { id } = await scim.createUser();
    expectError(await scim.patch(`/Users/${id}`, deep), 400, 'invalidFilter');
  });

  test('S12 text that makes regular expressions go back is read once', async () => {
    const scim = await connect();
    const long = 'a'.repeat(3_500);
    const filters = [
      `${long}.${long}! eq`,
      `userName eq "${'\\\\'.repeat(900)}`,
      `${'(a'.repeat(500)}`,
      ` ${' '.repeat(3_000)}!`,
    ];
    for (const filter of filters) expectError(await scim.get(filterPath(filter)), 400, 'invalidFilter');
    const issuedAt = `2024-05-01T12:00:00.${'1'.repeat(100_000)}X`;
    const answer = await scim.post(
      '/Users',
      userBody({ userName: 'jane', [badge]: { issuedAt, key: `${'A'.repeat(100_000)}!` } }),
    );
    expectError(answer, 400, 'invalidValue');
  });

  test('S13 no request gets everything', async () => {
    const scim = await connect({ limits: { defaultCount: 2, maxCount: 3 } });
    for (let made = 0; made < 5; made++) await scim.createUser();
    for (const query of ['', '?count=999999', '?filter=userName%20pr&count=999999', '?sortBy=title&count=999999']) {
      const page = await scim.read(`/Users${query}`);
      expect(page.totalResults).toBe(5);
      expect(page.Resources.length).toBeLessThanOrEqual(3);
    }
  });

  describe('size', () => {
    test('S14 a body above the limit is 413, whatever it says of its length', async () => {
      const scim = await connect({ limits: { bodyBytes: 10_000 } });
      const big = JSON.stringify(userBody({ userName: 'jane', title: 'x'.repeat(20_000) }));
      const { id } = await scim.createUser({ userName: 'kim' });
      expectError(await scim.post('/Users', big), 413);
      expectError(await scim.put(`/Users/${id}`, big), 413);
      expectError(await scim.request('PATCH', `/Users/${id}`, { body: big }), 413);
      expectError(await scim.post('/Users', Buffer.from(big)), 413);
      expect(await scim.find('userName pr')).toEqual(['kim']);
    });

    test('S14 deep JSON is 400, too many operations are 413 or 400', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      const deep = `{"schemas":["${coreUser}"],"userName":"jane","name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
      expect((await scim.post('/Users', deep)).status).toBe(400);
      const operations = Array.from({ length: 20_000 }, () => ({ op: 'add', path: 'title', value: 'x' }));
      expect([400, 413]).toContain((await scim.patch(`/Users/${id}`, operations)).status);
      expect(await scim.read(`/Users/${id}`)).not.toHaveProperty('title');
    });

    test('S14 a long header or URL is refused and the service goes on', async () => {
      const scim = await connect();
      expectError(await scim.get('/Users', { as: `Bearer ${'x'.repeat(10_000)}` }), 401);
      expectError(await scim.get(`/Users/${'x'.repeat(5_000)}`), 404);
      expect((await scim.get('/Users')).status).toBe(200);
    });
  });

  test('S15 no known way to remove one member removes the others, nor does adding one', async () => {
    const scim = await connect();
    const users = [];
    for (let made = 0; made < 6; made++) users.push(await scim.createUser());
    const ids: string[] = users.map(({ id }) => id);
    const group = await scim.createGroup({ members: ids.slice(0, 5).map((value) => ({ value })) });
    const operations = [
      { op: 'remove', path: 'members', value: [{ value: ids[0] }] },
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: ids[1] }] },
      { op: 'remove', path: `members[value eq "${ids[2]}"]` },
      { op: 'remove', path: 'members', value: { value: ids[3] } },
      { op: 'add', value: { members: [{ value: ids[5] }] } },
    ];
    let left = 5;
    for (const operation of operations) {
      const { members } = await scim.patched(`/Groups/${group.id}`, operation);
      left += operation.op === 'add' ? 1 : -1;
      expect(members).toHaveLength(left);
    }
    const { members } = await scim.read(`/Groups/${group.id}`);
    expect(members.map(({ value }: { value: string }) => value).toSorted()).toEqual([ids[4], ids[5]].toSorted());
  });

  test('S16 adds and removals of members at the same time are all done', async () => {
    const scim = await connect();
    const ids = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => (await scim.createUser({ userName: `p${n}` })).id as string),
    );
    const group = await scim.createGroup({ members: ids.slice(0, 15).map((value) => ({ value })) });
    await Promise.all(
      ids.map((id, n) =>
        scim.patch(`/Groups/${group.id}`, [
          n < 15
            ? { op: 'remove', path: `members[value eq "${id}"]` }
            : { op: 'add', path: 'members', value: [{ value: id }] },
        ]),
      ),
    );
    const { members } = await scim.read(`/Groups/${group.id}`);
    expect(members.map(({ value }: { value: string }) => value).toSorted()).toEqual(ids.slice(15).toSorted());
  });

  test('S18 URLs in resources are not fetched', async () => {
    let asked = 0;
    const trap = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => trap.close(() => resolve())));
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`;
    const scim = await connect();
    const { id } = await scim.createUser({
      profileUrl: url,
      photos: [{ value: url, type: 'photo' }],
      [enterprise]: { manager: { value: 'm', $ref: url } },
    });
    await scim.createGroup({ members: [{ value: id, $ref: url }] });
    await scim.read(`/Users/${id}`);
    expect(asked).toBe(0);
  });

  describe('whose name is in URLs', () => {
    test('S19 forwarded headers of strangers change no URL', async () => {
      const scim = await connect();
      const headers = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-prefix': '/evil',
        'x-forwarded-for': '127.0.0.1',
        forwarded: 'host=evil.example;proto=https',
        'x-original-url': '/evil',
      };
      const answer = await scim.post('/Users', userBody({ userName: 'jane' }), { headers });
      expect(answer.headers.get('location')).toBe(`${scim.baseUrl}/Users/${answer.body.id}`);
      expect(JSON.stringify(answer.body)).not.toContain('evil');
    });

    test('S19 those of a trusted proxy do', async () => {
      const scim = await connect({ trustedProxies: ['127.0.0.0/8'] });
      const headers = { 'x-forwarded-host': 'scim.example.com', 'x-forwarded-proto': 'https' };
      const { meta } = (await scim.post('/Users', userBody({ userName: 'jane' }), { headers })).body;
      expect(meta.location).toMatch(/^https:\/\/scim[.]example[.]com\//);
    });

    test('S19 with a public base URL not even Host does, and a Host that is none is refused or passed over', async () => {
      const scim = await connect({ baseUrl: 'https://scim.example.com/v2' });
      const { body } = await rawRequest(scim, 'GET', '/ResourceTypes/User', { host: 'evil.example' });
      expect(body.meta.location).toBe('https://scim.example.com/v2/ResourceTypes/User');
      const other = await connect();
      const answer = await rawRequest(other, 'GET', '/ResourceTypes/User', { host: 'evil.example/path?"<x>' });
      expect(JSON.stringify(answer.body)).not.toContain('<x>');
    });

    test('S30 hosts that are asked at the same time each find their own name', async () => {
      const scim = await connect();
      const hosts = Array.from({ length: 20 }, (_, n) => `h${n % 4}.example:${8000 + n}`);
      const answers = await Promise.all(hosts.map((host) => rawRequest(scim, 'GET', '/ResourceTypes/User', { host })));
      const prefix = new URL(scim.baseUrl).pathname;
      expect(answers.map(({ body }) => body.meta.location)).toEqual(
        hosts.map((host) => `http://${host}${prefix}/ResourceTypes/User`),
      );
    });
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

  test('S21 what is told of a request names no filter, no id and no token', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'secret-jane' });
    await scim.get(`/Users/${id}`);
    await scim.get(filterPath('userName eq "secret-jane"'));
    await scim.get('/Users/secret-id');
    await scim.post('/Users', '{"userName":"secret-jane"');
    await scim.get('/nope/secret-path');
    const told = scim.host.told.slice(-6);
    expect(told.map((line) => JSON.parse(line).status)).toEqual([201, 200, 200, 404, 400, 404]);
    for (const word of ['secret', id, scim.credentials.writer.slice(7), 'filter']) {
      expect(told.join('\n')).not.toContain(word);
    }
  });

  test('S23 no page of another origin may read answers', async () => {
    const scim = await connect();
    const headers = { origin: 'https://evil.example' };
    const answers = [
      await scim.get('/Users', { headers }),
      await scim.get('/Schemas', { headers }),
      await scim.request('OPTIONS', '/Users', { headers }),
    ];
    for (const answer of answers) expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['gwadmin:password', 'admin:admin', ':', 'scim:scim'])(
    'S24 the default credential %s opens nothing',
    async (pair) => {
      const scim = await connect({ basic: { userName: 'idp', password: 'a-long-password-of-an-idp' } });
      expectError(await scim.get('/Users', { as: `Basic ${Buffer.from(pair).toString('base64')}` }), 401);
    },
  );

  test.each([
    '"userName":"jane","userName":"joan"',
    '"userName":"jane","UserName":"joan"',
    '"userName":"jane","active":false,"ACTIVE":true',
    '"userName":"jane","name":{"givenName":"a","givenName":"b"}',
    '"userName":"jane","emails":[{"value":"a","VALUE":"b"}]',
    '"userName":"jane","user\\u004eame":"joan"',
  ])('S26 %s is 400 invalidSyntax, without effect', async (members) => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'kim' });
    const body = `{"schemas":["${coreUser}"],${members}}`;
    expectError(await scim.post('/Users', body), 400, 'invalidSyntax');
    expectError(await scim.put(`/Users/${id}`, body), 400, 'invalidSyntax');
    const patch = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{${members}}}]}`;
    expectError(await scim.request('PATCH', `/Users/${id}`, { body: patch }), 400, 'invalidSyntax');
    expect(await scim.find('userName pr')).toEqual(['kim']);
  });

  test.each([
    ['/Users/%2e%2e%2fSchemas', 404],
    ['/Users/..', 404],
    ['/Users/../Schemas', 404],
    ['/Users/a%2Fb', 404],
    ['/Users/__proto__', 404],
    ['/Users/%252e', 404],
    ['/Users/1', 404],
    ['/Users/%00', 400],
    ['/Users/%ZZ', 400],
    ['/Users/%C3%28', 400],
  ])('S27 the path %s leads nowhere: %d', async (path, status) => {
    const scim = await connect();
    expectError(await rawRequest(scim, 'GET', path), status);
    expectError(await rawRequest(scim, 'DELETE', path), status);
  });

  test('S27 ids that are no strings are 400', async () => {
    const scim = await connect();
    for (const value of [7, true, {}, ['a']]) {
      expectError(
        await scim.post('/Groups', groupBody({ displayName: 'G', members: [{ value }] })),
        400,
        'invalidValue',
      );
    }
  });
});
