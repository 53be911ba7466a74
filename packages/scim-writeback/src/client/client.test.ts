import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { createScimClient } from './create-scim-client.ts';
import { requestLine } from './describe-request.ts';
import { dialects } from './dialects.ts';
import { createPacer } from './pacer.ts';
import { base, client, host, instantSeams, listOf, mockService, scimJson, service, testToken } from './test-service.ts';

const jane = { id: '4711', userName: 'jane.doe', meta: { version: 'W/"3"' } };

describe('requests', () => {
  mockService();

  test('create sends SCIM JSON and gives the resource with its version', async () => {
    service()
      .matchHeader('content-type', 'application/scim+json')
      .matchHeader('accept', 'application/scim+json, application/json')
      .matchHeader('user-agent', /^oaa-kit-scim\//)
      .post('/Users', { userName: 'jane.doe' })
      .reply(201, jane, scimJson);
    const made = await client().create('Users', { userName: 'jane.doe' });
    expect(made).toEqual({ id: '4711', version: 'W/"3"', attributes: jane });
  });

  test('a version that cannot be a header is none', async () => {
    service()
      .get('/Users/1')
      .reply(200, { id: '1', meta: { version: 'W/"1"\r\nX: y' } });
    expect((await client().get('Users', '1')).version).toBeUndefined();
  });

  test.each([200, 201])('create takes %i, and names in another case', async (status) => {
    service().post('/Users').reply(status, { ID: '1', UserName: 'x' }, { etag: '"7"' });
    expect(await client().create('Users', {})).toMatchObject({ id: '1', version: '"7"' });
  });

  test('get, replace, patch and delete name one resource, its id encoded', async () => {
    const id = 'a/b c?';
    const path = '/Groups/a%2Fb%20c%3F';
    service().get(path).reply(200, { id });
    service().put(path, { displayName: 'x' }).matchHeader('if-match', 'W/"1"').reply(200, { id, displayName: 'x' });
    service()
      .patch(path, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'displayName', value: 'y' }],
      })
      .matchHeader('if-match', 'W/"2"')
      .reply(204);
    service().delete(path).reply(204);
    const scim = client();
    expect(await scim.get('Groups', id)).toMatchObject({ id });
    expect(await scim.replace('Groups', id, { displayName: 'x' }, { ifMatch: 'W/"1"' })).toMatchObject({ id });
    const operation = { op: 'replace', path: 'displayName', value: 'y' } as const;
    expect(await scim.patch('Groups', id, [operation], { ifMatch: 'W/"2"' })).toBeUndefined();
    await scim.delete('Groups', id);
  });

  test('Basic, and endpoints at other paths', async () => {
    const authorization = `Basic ${Buffer.from('scim:p\u00e4ss').toString('base64')}`;
    const scim = client({
      auth: { type: 'basic', username: 'scim', password: 'p\u00e4ss' },
      usersEndpoint: '/v2/people/',
    });
    expect(scim.describe({ method: 'GET', endpoint: 'Users', id: '7', repeatable: true }).path).toBe('/v2/people/7');
    nock(`${host}${base}`, { reqheaders: { authorization } }).get('/v2/people/7').reply(200, { id: '7' });
    expect(await scim.get('Users', '7')).toMatchObject({ id: '7' });
  });

  test('the dialect of a Veza tenant reads one resource by a filter, and sends plain JSON', async () => {
    service()
      .matchHeader('accept', '*/*')
      .get('/Groups')
      .query({ filter: 'id eq "g\\"1"' })
      .reply(200, listOf([{ id: 'g"1' }]));
    service().get('/Groups').query({ filter: 'id eq "g2"' }).reply(200, listOf([]));
    service().matchHeader('content-type', 'application/json').post('/Groups').reply(200, { id: 'g3' });
    const scim = client({ dialect: 'veza' });
    expect(await scim.get('Groups', 'g"1')).toMatchObject({ id: 'g"1' });
    await expect(scim.get('Groups', 'g2')).rejects.toMatchObject({ code: 'not-found', exitCode: 5 });
    expect(await scim.create('Groups', { displayName: 'x' })).toMatchObject({ id: 'g3' });
  });
});

test('a request is shown as a document and as a line, without the credential', () => {
  const body = { schemas: [], displayName: 'x' };
  const { describe: show } = client();
  const list = show({
    method: 'GET',
    endpoint: 'Users',
    query: { filter: 'userName eq "j d"', count: 5 },
    repeatable: true,
  });
  expect(list).toEqual({ method: 'GET', path: '/Users', query: { filter: 'userName eq "j d"', count: '5' } });
  expect(requestLine(list)).toBe('GET /Users?filter=userName eq "j d"&count=5');
  expect(show({ method: 'PUT', endpoint: 'Groups', id: '1', body, ifMatch: '*', repeatable: true })).toEqual({
    method: 'PUT',
    path: '/Groups/1',
    headers: { 'content-type': 'application/scim+json', 'if-match': '*' },
    body,
  });
});

describe('what cannot be used is refused before anything is sent', () => {
  const auth = { type: 'bearer', token: testToken } as const;
  test.each([
    [{ url: 'scim.example.com' }, 'is not a URL'],
    [{ url: 'ftp://scim.example.com' }, 'does not begin with https://'],
    [{ url: 'http://scim.example.com' }, 'unencrypted'],
    [{ url: 'https://a:b@scim.example.com' }, 'holds a user name or password'],
    [{ url: 'https://scim.example.com/?x=1' }, 'holds a query'],
    [{ url: 'https://169.254.169.254/scim' }, 'link-local'],
    [{ url: 'https://[fe80::1]/scim' }, 'link-local'],
    [{ auth: { type: 'bearer', token: '' } }, 'is empty'],
    [{ auth: { type: 'bearer', token: 'a\r\nX: y' } }, 'line breaks'],
    [{ auth: { type: 'basic', username: 'a:b', password: 'p' } }, 'no colon'],
    [{ auth: { type: 'basic', username: 'a', password: '' } }, 'is empty'],
    [{ usersEndpoint: '../admin' }, 'no path for Users'],
    [{ usersEndpoint: '' }, 'no path for Users'],
    [{ groupsEndpoint: 'Groups?x=1' }, 'no path for Groups'],
    [{ groupsEndpoint: 'a//b' }, 'no path for Groups'],
    [{ rateLimit: { requests: 0, perMs: 1 } }, 'rate limit'],
    [{ rateLimit: { requests: 1.5, perMs: 1 } }, 'rate limit'],
    [{ tls: { ca: 'no certificate' } }, 'PEM'],
  ] as const)('%j', (options, message) => {
    const make = () => createScimClient({ url: `${host}${base}`, auth, ...options });
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  test.each(['', '.', '..', '\ud800'])('the id %j, which is no part of a path', async (id) => {
    await expect(client().get('Users', id)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('the rate limit', () => {
  test('lets so many go at once, then each when the one so many before is old enough', async () => {
    const seams = instantSeams();
    const pacer = createPacer({ requests: 3, perMs: 1_000 }, seams);
    for (let request = 0; request < 7; request += 1) await pacer.ready();
    expect(seams.sleeps).toEqual([1_000, 1_000]);
  });

  test('holds for requests that come together', async () => {
    const sleeps: number[] = [];
    const seams = { now: () => 0, sleep: async (durationMs: number) => void sleeps.push(durationMs) };
    const pacer = createPacer({ requests: 2, perMs: 1_000 }, seams);
    await Promise.all(Array.from({ length: 6 }, () => pacer.ready()));
    expect(sleeps).toEqual([1_000, 1_000, 2_000, 2_000]);
  });

  test('ends with the request when it is aborted', async () => {
    const stop = new AbortController();
    const scim = client({ rateLimit: { requests: 1, perMs: 3_600_000 }, signal: stop.signal, seams: {} });
    const requests = [scim.get('Users', '1'), scim.get('Users', '2')];
    stop.abort();
    for (const request of requests) await expect(request).rejects.toMatchObject({ code: 'aborted' });
  });

  test('is 200 a minute for the service of a Veza tenant', () => {
    expect(dialects.veza.rateLimit).toEqual({ requests: 200, perMs: 60_000 });
  });
});
