import { describe, expect, test } from 'vitest';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import {
  createUser,
  groupBody,
  openTestDirectory,
  patchBody,
  startService,
  userBody,
  userUrn,
} from './test-service.ts';

describe('#9 paths', () => {
  test.each(['/Users/', '//Users', '/v2/Users', '/v2//Users/?count=1', '/Users?aadOptscim062020&x=%zz'])(
    '%s is /Users',
    async (path) => expect((await (await startService()).call('GET', path)).status).toBe(200),
  );

  test.each([
    '/users',
    '/Nothing',
    '/Users/1/2',
    '/Users/a/../b',
    '/v3/Users',
    '/Schemas/a/b',
    '/__proto__',
    '/constructor',
  ])('#10 %s is unknown', async (path) => {
    expect(await (await startService()).call('GET', path)).toMatchObject({ status: 404, body: { status: '404' } });
  });

  test.each(['__proto__', 'constructor', '..', '%2e%2e', 'a%2Fb', '%27%20or%201=1', '.', '%F0%9F%98%80', '1'])(
    'the id %s is just unknown',
    async (id) => {
      const service = await startService();
      for (const kind of ['Users', 'Groups', 'Schemas', 'ResourceTypes']) {
        expect((await service.call('GET', `/${kind}/${id}`)).status).toBe(404);
      }
      expect((await service.call('DELETE', `/Users/${id}`)).status).toBe(404);
    },
  );

  test('ids depend on case', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane');
    expect((await service.call('GET', `/Users/${id.toUpperCase()}`)).status).toBe(404);
    expect((await service.call('GET', `/Groups/${id}`)).status).toBe(404);
  });
});

describe('#10 methods', () => {
  test.each([
    ['PUT', '/Users', 'GET, HEAD, POST'],
    ['OPTIONS', '/Users', 'GET, HEAD, POST'],
    ['POST', '/Users/1', 'DELETE, GET, HEAD, PATCH, PUT'],
    ['__proto__', '/Users/1', 'DELETE, GET, HEAD, PATCH, PUT'],
    ['POST', '/Schemas', 'GET, HEAD'],
    ['DELETE', '/ServiceProviderConfig', 'GET, HEAD'],
  ])('%s %s is answered 405', async (method, path, allow) => {
    const { call } = await startService();
    expect(await call(method, path)).toMatchObject({ status: 405, headers: { allow }, body: { status: '405' } });
  });

  test.each([
    ['GET', '/Me'],
    ['PATCH', '/Me'],
    ['POST', '/Bulk'],
    ['POST', '/.search'],
    ['POST', '/Users/.search'],
    ['GET', '/?filter=userName%20pr'],
  ])('#109 #131 %s %s is answered 501', async (method, path) => {
    const { call } = await startService();
    expect(await call(method, path)).toMatchObject({ status: 501, body: { status: '501' } });
  });

  test('HEAD answers what GET answers, without the body', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane');
    for (const path of [`/Users/${id}`, '/Users', '/Schemas', '/Users/unknown']) {
      const headers = { 'x-request-id': '1' };
      const [get, head] = [await service.call('GET', path, { headers }), await service.call('HEAD', path, { headers })];
      expect(head).toEqual({ ...get, text: '', body: undefined });
    }
  });
});

describe('bodies', () => {
  test.each([
    ['no body', '', 'invalidSyntax'],
    ['malformed JSON', '{"userName":', 'invalidSyntax'],
    ['a list', '[]', 'invalidSyntax'],
    ['null', 'null', 'invalidSyntax'],
    ['an attribute twice', `{"schemas":["${userUrn}"],"userName":"a","userName":"b"}`, 'invalidSyntax'],
    ['an attribute in two cases', `{"schemas":["${userUrn}"],"userName":"a","USERNAME":"b"}`, 'invalidSyntax'],
    [
      'a sub-attribute twice',
      `{"schemas":["${userUrn}"],"userName":"a","name":{"givenName":"a","GivenName":"b"}}`,
      'invalidSyntax',
    ],
    ['__proto__', `{"schemas":["${userUrn}"],"userName":"a","__proto__":{"polluted":true}}`, 'invalidSyntax'],
    ['no schemas', '{"userName":"a"}', 'invalidSyntax'],
    ['a wrong type', `{"schemas":["${userUrn}"],"userName":7}`, 'invalidValue'],
    ['great depth', `{"a":${'['.repeat(100_000)}`, 'invalidSyntax'],
  ])('%s: 400 and no state change', async (_name, text, scimType) => {
    const { call, directory } = await startService();
    expect(await call('POST', '/Users', { text })).toMatchObject({ status: 400, body: { status: '400', scimType } });
    expect(await directory.organization('acme').revision()).toBe(0);
    expect({}).not.toHaveProperty('polluted');
  });

  test.each([
    { op: 'replace', path: '__proto__.polluted', value: true },
    { op: 'add', path: 'constructor.prototype.polluted', value: true },
    { op: 'add', value: { '__proto__.polluted': true } },
    { op: 'add', value: { 'constructor.prototype.polluted': true } },
    { op: 'add', path: 'name[__proto__ eq "x"].polluted', value: true },
  ])('prototypes cannot be patched: %j', async (operation) => {
    const service = await startService();
    const id = await createUser(service, 'jane');
    const answer = await service.call('PATCH', `/Users/${id}`, { body: patchBody(operation) });
    expect(answer.status).toBe(400);
    expect({}).not.toHaveProperty('polluted');
    expect((await service.call('GET', `/Users/${id}`)).headers.etag).toBe('W/"1"');
  });

  test('#1 another media type: 415', async () => {
    const { call, directory } = await startService();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await call('POST', '/Users', { body: userBody('jane'), headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: 415, body: { status: '415' } });
    }
    expect(await directory.organization('acme').revision()).toBe(0);
  });

  test('more than the limit: 413 that names it', async () => {
    const { call } = await startService({ limits: { userBodyBytes: 1000, groupBodyBytes: 2000 } });
    const user = userBody('jane', { title: 'x'.repeat(1000) });
    const group = (length: number) => groupBody('x'.repeat(length));
    for (const [path, body, limit] of [
      ['/Users', user, '1000'],
      ['/Groups', group(2000), '2000'],
    ] as const) {
      const answer = await call('POST', path, { body });
      expect(answer).toMatchObject({ status: 413, body: { status: '413', detail: expect.stringContaining(limit) } });
    }
    expect((await call('POST', '/Users', { body: userBody('jane') })).status).toBe(201);
    expect((await call('POST', '/Groups', { body: group(1000) })).status).toBe(201);
  });

  test('a user may have 1 MiB unless set otherwise, a group 32 MiB', async () => {
    const { call } = await startService();
    const padded = (body: object, bytes: number) => JSON.stringify(body).padEnd(bytes);
    expect((await call('POST', '/Users', { text: padded(userBody('jane'), 1_048_577) })).status).toBe(413);
    expect((await call('POST', '/Users', { text: padded(userBody('jane'), 1_048_576) })).status).toBe(201);
    expect((await call('POST', '/Groups', { text: padded(groupBody('a'), 1_048_577) })).status).toBe(201);
    const headers = { 'content-length': '33554433' };
    expect((await call('POST', '/Groups', { body: groupBody('b'), headers })).status).toBe(413);
  });

  test('what comes with a GET or a DELETE is not read', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane');
    expect((await service.call('GET', `/Users/${id}`, { text: '{' })).status).toBe(200);
    expect((await service.call('DELETE', `/Users/${id}`, { text: '{' })).status).toBe(204);
  });
});

describe('queries', () => {
  test.each([
    ['count=x', 'invalidValue'],
    ['startIndex=1.5', 'invalidValue'],
    ['count=1&count=2', 'invalidValue'],
    ['sortBy=userName&sortOrder=sideways', 'invalidValue'],
    ['attributes=userName&excludedAttributes=emails', 'invalidValue'],
    ['filter=', 'invalidFilter'],
    ['filter=userName', 'invalidFilter'],
    [`filter=${'('.repeat(5000)}`, 'invalidFilter'],
    ['filter=password%20eq%20%22x%22', 'sensitive'],
    ['filter=%zz', 'invalidValue'],
  ])('%s is answered 400 %s', async (query, scimType) => {
    const { call } = await startService();
    expect(await call('GET', `/Users?${query}`)).toMatchObject({ status: 400, body: { scimType } });
  });

  test('#28 both selections are refused before anything is changed', async () => {
    const service = await startService();
    const both = 'attributes=userName&excludedAttributes=emails';
    const id = await createUser(service, 'jane');
    for (const [method, path, body] of [
      ['POST', '/Users', userBody('joe')],
      ['PUT', `/Users/${id}`, userBody('joe')],
      ['PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'userName', value: 'joe' })],
    ] as const) {
      expect((await service.call(method, `${path}?${both}`, { body })).status).toBe(400);
    }
    expect(await service.directory.organization('acme').revision()).toBe(1);
  });

  test('#51 #52 #53 pages', async () => {
    const service = await startService({ limits: { defaultCount: 2, maxCount: 3 } });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await createUser(service, name);
    const page = async (query: string) => {
      const { body } = await service.call('GET', `/Users?sortBy=userName&${query}`);
      const names = body.Resources.map(({ userName }: { userName: string }) => userName).join('');
      return [body.totalResults, body.startIndex, body.itemsPerPage, names];
    };
    expect(await page('')).toEqual([5, 1, 2, 'ab']);
    expect(await page('startIndex=3&count=2')).toEqual([5, 3, 2, 'cd']);
    expect(await page('startIndex=-7&count=100')).toEqual([5, 1, 3, 'abc']);
    expect(await page('startIndex=100')).toEqual([5, 100, 0, '']);
    expect(await page('count=0')).toEqual([5, 1, 0, '']);
    expect(await page('count=-1')).toEqual([5, 1, 0, '']);
    expect(await page('count=2&sortOrder=descending')).toEqual([5, 1, 2, 'ed']);
  });
});

describe('faults of ours', () => {
  test('are answered 500 with the id of the request, and nothing of the cause', async () => {
    const { call, records } = await startService({
      authenticator: {
        challenges: ['Bearer'],
        authenticate: () => Promise.reject(new Error('SELECT secret FROM credentials')),
      },
    });
    const answer = await call('GET', '/Users', { headers: { 'x-request-id': 'req-1' } });
    expect(answer).toMatchObject({
      status: 500,
      headers: { 'x-request-id': 'req-1' },
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '500' },
    });
    expect(answer.text).toContain('req-1');
    expect(answer.text).not.toMatch(/SELECT|secret| at /);
    expect(records).toMatchObject([
      { status: 500, error: expect.objectContaining({ message: expect.stringContaining('SELECT') }) },
    ]);
  });

  test('an observer that throws does not fail the request', async () => {
    const { call } = await startService({
      onRequest() {
        throw new Error('no space left');
      },
    });
    expect((await call('POST', '/Users', { body: userBody('jane') })).status).toBe(201);
  });
});

test('each request is told once, by route, without ids, queries or secrets', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane');
  await service.call('GET', `/v2/Users/${id}?attributes=userName`);
  await service.call('GET', '/Users?filter=userName%20eq%20%22jane%22', { token: 'acme-reader' });
  await service.call('GET', `/Groups/${id}`);
  await service.call('GET', '/secret/path');
  await service.call('GET', '/Users/%zz', { token: null });
  expect(service.records.map(({ method, route, status, credential }) => [method, route, status, credential])).toEqual([
    ['POST', '/Users', 201, 'acme'],
    ['GET', '/Users/{id}', 200, 'acme'],
    ['GET', '/Users', 200, 'acme-reader'],
    ['GET', '/Groups/{id}', 404, 'acme'],
    ['GET', 'unknown', 404, 'acme'],
    ['GET', 'unknown', 400, undefined],
  ]);
  expect(new Set(service.records.map(({ requestId }) => requestId)).size).toBe(6);
  for (const record of service.records) expect(record.durationMs).toBeGreaterThanOrEqual(0);
  expect(JSON.stringify(service.records)).not.toContain(id);
});

test('without a base URL, locations are where the client found the service', async () => {
  const directory = await openTestDirectory();
  const service = await startService({ directory, baseUrl: undefined, mountPath: '/scim' });
  const headers = { host: 'localhost:8080' };
  const { body } = await service.call('POST', '/v2/Groups', { body: groupBody('Staff'), headers });
  expect(body.meta.location).toBe(`http://localhost:8080/scim/v2/Groups/${body.id}`);
  expect((await service.call('GET', '/Groups')).status).toBe(400);
});

test('users may have another endpoint', async () => {
  const service = await startService({ userType: { ...userResourceType, endpoint: '/People' } });
  const { body } = await service.call('POST', '/People', { body: userBody('jane') });
  expect(body.meta.location).toBe(`https://scim.example.com/v2/People/${body.id}`);
  expect((await service.call('GET', `/People/${body.id}`)).status).toBe(200);
  expect((await service.call('GET', '/Users')).status).toBe(404);
});

test.each([
  [{ limits: { defaultCount: 10, maxCount: 5 } }, /defaultCount/],
  [{ limits: { userBodyBytes: 0 } }, /userBodyBytes/],
  [{ limits: { scanTests: 0.5 } }, /scanTests/],
  [{ baseUrl: 'scim.example.com' }, /base URL/],
  [{ userType: { ...userResourceType, name: 'Person' } }, /Person/],
  [{ userType: { ...userResourceType, endpoint: '/People/All' } }, /People/],
  [{ userType: { ...userResourceType, endpoint: '/Groups' } }, /same endpoint/],
  [{ userType: { ...userResourceType, endpoint: '/Me' } }, /\/Me of User means something else/],
  [{ groupType: { ...groupResourceType, endpoint: '/schemas' } }, /\/schemas of Group means something else/],
  [{ groupType: { ...groupResourceType, endpoint: '/v2' } }, /\/v2 of Group means something else/],
  [{ mountPath: 'scim' }, /"scim" is no path/],
  [{ trustedProxies: ['everybody'] }, /neither an IP address/],
])('options that cannot work are refused at once (%#)', async (options, message) => {
  await expect(startService(options)).rejects.toThrow(message);
});
