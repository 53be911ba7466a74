import { describe, expect, test } from 'vitest';
import { expectError, groupBody, patchBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { rawRequest } from '../support/scim-raw-request.ts';
import { badge, coreUser, enterprise } from '../support/scim-urns.ts';

const filterPath = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;

describeHosts('4 Security: hostile input', (connect) => {
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
        `"unknown":[{"a":${bad}}]`,
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
      const scim = await connect({ limits: { userBodyBytes: 10_000 } });
      const big = JSON.stringify(userBody({ userName: 'jane', title: 'x'.repeat(20_000) }));
      const { id } = await scim.createUser({ userName: 'kim' });
      expectError(await scim.post('/Users', big), 413);
      expectError(await scim.put(`/Users/${id}`, big), 413);
      expectError(await scim.request('PATCH', `/Users/${id}`, { body: big }), 413);
      const json = { 'content-type': 'application/json' };
      const pieces = Array.from({ length: 20 }, (_, n) => big.slice(n * 1_100, (n + 1) * 1_100));
      expectError(await rawRequest(scim, 'POST', '/Users', json, pieces), 413);
      expect(await scim.find('userName pr')).toEqual(['kim']);
    });

    test('S14 a body in pieces is taken, also where they cut a character in two', async () => {
      const scim = await connect();
      const body = [...Buffer.from(JSON.stringify(userBody({ userName: 'jürgen', title: '李\u{1f600}' })))];
      const pieces = body.map((byte) => Buffer.of(byte));
      const answer = await rawRequest(scim, 'POST', '/Users', { 'content-type': 'application/json' }, pieces);
      expect([answer.status, answer.body.userName, answer.body.title]).toEqual([201, 'jürgen', '李\u{1f600}']);
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

  test.each([
    '"userName":"jane","userName":"joan"',
    '"userName":"jane","UserName":"joan"',
    '"userName":"jane","active":false,"ACTIVE":true',
    '"userName":"jane","name":{"givenName":"a","givenName":"b"}',
    '"userName":"jane","emails":[{"value":"a","VALUE":"b"}]',
    '"userName":"jane","user\\u004eame":"joan"',
    '"userName":"jane","unknown":{"a":1,"A":2}',
    '"userName":"jane","unknown":[{"a":{"b":1,"b":1}}]',
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
