import { describe, expect, test } from 'vitest';
import {
  client,
  host,
  instantSeams,
  mockService,
  rejection,
  scimError,
  scimJson,
  service,
  testToken,
} from './test-service.ts';

const active = [{ op: 'replace', path: 'active', value: false }] as const;

describe('a refusal', () => {
  mockService();

  test('of SCIM has its scimType and detail, with the token taken out', async () => {
    service()
      .post('/Users')
      .reply(409, scimError(409, `userName is taken, said ${testToken}.`, 'uniqueness'), scimJson);
    const error = await rejection(client().create('Users', {}));
    expect(error).toMatchObject({ name: 'RemoteError', status: 409, remoteCode: 'uniqueness', exitCode: 5 });
    expect(error.message).toBe(
      `The SCIM service at ${host} refused POST /Users (HTTP 409, uniqueness): userName is taken, said (secret).`,
    );
  });

  test.each([
    ['without the URN', { detail: 'No such thing.', status: 400 }, undefined, 'No such thing'],
    ['of google.rpc', { code: 3, message: 'Email must be primary', details: [] }, '3', 'Email must be primary'],
    [
      'with nothing but the URN',
      { schemas: ['URN:ietf:params:scim:api:messages:2.0:ERROR'] },
      undefined,
      'no detail given',
    ],
  ])('%s is read as well', async (_, body, remoteCode, message) => {
    service().post('/Users').reply(400, body);
    const error = await rejection(client().create('Users', {}));
    expect(error).toMatchObject({ status: 400, remoteCode });
    expect(error.message).toContain(message);
  });

  test.each([
    [401, 'CredentialsError', 'credentials-refused', 4],
    [403, 'CredentialsError', 'credentials-refused', 4],
    [404, 'RemoteError', 'not-found', 5],
    [412, 'RemoteError', 'remote-refused', 5],
    [302, 'RemoteError', 'remote-refused', 5],
  ])('%i is a %s', async (status, name, code, exitCode) => {
    service()
      .get('/Users/1')
      .reply(status, scimError(status, 'No.'), { ...scimJson, location: 'https://other.example.com/' });
    expect(await rejection(client().get('Users', '1'))).toMatchObject({ name, code, exitCode, status });
  });

  test('a web page, with whatever status and content type, is none of a SCIM service', async () => {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    service().get('/Users/1').reply(200, '<html><title>Log in</title></html>', html);
    expect(await rejection(client().get('Users', '1'))).toMatchObject({ code: 'response-invalid' });
    service().get('/Users/1').reply(404, '<html><title>Log in</title></html>', html);
    expect((await rejection(client().get('Users', '1'))).message).toContain('titled "Log in"');
  });

  test.each([
    ['{"id": "1"', 'is not JSON'],
    ['[]', 'is not a resource with an id'],
    ['', 'is not a resource with an id'],
    ['{"id":"2"}', 'is another resource than was asked for'],
    ['{"__proto__":{"id":"1"}}', 'is not a resource with an id'],
    [JSON.stringify(scimError(500, 'No.')), 'is an error with the status of a success'],
  ])('a success with %j is not believed', async (body, message) => {
    service().get('/Users/1').reply(200, body, scimJson);
    const error = await rejection(client().get('Users', '1'));
    expect([error.code, error.message]).toEqual(['response-invalid', expect.stringContaining(message)]);
  });

  test('a change that is only promised is not believed, and may have been done', async () => {
    service().delete('/Users/1').reply(202);
    const error = await rejection(client().delete('Users', '1'));
    expect([error.code, error.message]).toEqual([
      'response-invalid',
      expect.stringContaining('(HTTP 202) does not say that it is done'),
    ]);
    expect(error.hint).toContain('It may have been done: look before you repeat it.');
  });

  test('a creation without a resource may have been done; a look-up changes nothing', async () => {
    service().post('/Groups').reply(201);
    service().get('/Groups/1').reply(200);
    const lost = 'It may have been done';
    expect((await rejection(client().create('Groups', {}))).hint).toContain(lost);
    expect((await rejection(client().get('Groups', '1'))).hint).not.toContain(lost);
  });

  test('a longer answer than wanted is not read to its end', async () => {
    service()
      .get('/Users/1')
      .reply(200, { id: '1', title: 'x'.repeat(2_000) });
    const error = await rejection(client({ maxResponseBytes: 1_000 }).get('Users', '1'));
    expect([error.code, error.message]).toEqual(['response-invalid', expect.stringContaining('too large')]);
  });
});

describe('a request is sent again', () => {
  mockService();

  test.each([429, 500, 502, 503, 504])('after %i when it reads, as Retry-After says', async (status) => {
    const seams = instantSeams();
    service().get('/Users/1').reply(status, '', { 'retry-after': '7' });
    service().get('/Users/1').reply(200, { id: '1' });
    expect(await client({ seams }).get('Users', '1')).toMatchObject({ id: '1' });
    expect(seams.sleeps).toEqual([7_000]);
  });

  test('after 503 when doing it twice is doing it once', async () => {
    const change = { op: 'remove', path: 'members', value: [{ value: '2' }] } as const;
    service().patch('/Users/1').reply(503);
    service().patch('/Users/1').reply(204);
    service().patch('/Groups/1').reply(503);
    service().patch('/Groups/1').reply(204);
    service().put('/Users/1').reply(503);
    service().put('/Users/1').reply(200, { id: '1' });
    const scim = client();
    await scim.patch('Users', '1', active);
    await scim.patch('Groups', '1', [change]);
    await scim.replace('Users', '1', {});
  });

  test('not after 503 when it may make two, nor when values would be added twice', async () => {
    service().post('/Users').reply(503, scimError(503, 'Later.'));
    service().patch('/Users/1').reply(503);
    const error = await rejection(client().create('Users', {}));
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'remote-failing', mayHaveBeenReceived: true });
    expect(error.hint).toContain('It may have been done: look before you repeat it.');
    await rejection(client().patch('Users', '1', [{ op: 'add', path: 'emails', value: [] }]));
  });

  test('also a create, after 429: it was not acted on', async () => {
    service().post('/Users').reply(429, '', { 'retry-after': '1' });
    service().post('/Users').reply(201, { id: '1' });
    expect(await client().create('Users', {})).toMatchObject({ id: '1' });
  });

  test('so often and no more', async () => {
    service().get('/Users/1').times(3).reply(503);
    expect(await rejection(client().get('Users', '1'))).toMatchObject({
      code: 'remote-failing',
      attempts: 3,
      exitCode: 6,
    });
  });

  test('a time-out is told with its length', async () => {
    service().get('/Users/1').delay(500).times(2).reply(200, { id: '1' });
    const retryPolicy = { retries: 1, timeoutRetries: 1 };
    const error = await rejection(client({ timeoutMs: 30, retryPolicy }).get('Users', '1'));
    expect([error.code, error.message]).toEqual(['timeout', expect.stringContaining('within 0.03 s after 2 attempts')]);
  });

  test('a DELETE whose first answer was lost has done it when the second finds nothing', async () => {
    service().delete('/Users/1').reply(502);
    service().delete('/Users/1').reply(404, scimError(404, 'No such user.'));
    await client().delete('Users', '1');
    service().delete('/Users/2').reply(429);
    service().delete('/Users/2').reply(404, scimError(404, 'No such user.'));
    expect(await rejection(client().delete('Users', '2'))).toMatchObject({ code: 'not-found' });
  });
});
