import { describe, expect, test } from 'vitest';
import { createRateLimiter } from '../rate-limiter.ts';
import { userBody } from '../test-service.ts';
import { payloadOf, startAdmin } from './test-admin.ts';

const requests = [
  ['POST', '/bases/begin'],
  ['POST', '/bases'],
  ['GET', '/bases'],
  ['POST', '/tokens/rotate'],
] as const;

describe('access to the administration API', () => {
  test('is off unless it has a path', async () => {
    const { call, server } = await startAdmin({ adminPath: undefined });
    expect(server.adminUrl).toBeUndefined();
    expect((await call('POST', '/bases/begin')).status).toBe(404);
  });

  test.each(requests)('%s %s needs a credential', async (method, path) => {
    const { call } = await startAdmin();
    for (const token of ['', `scim_acme_${'0'.repeat(16)}_${'0'.repeat(64)}`]) {
      const refused = await call(method, path, { token });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="scim"']);
      expect(refused.body).toEqual({ code: 'credentials-refused', message: expect.stringContaining('Authorization') });
    }
  });

  test.each(requests)(
    '%s %s is 403 for credentials without its scope, whatever others they have',
    async (method, path) => {
      const { call, issue, directory } = await startAdmin();
      const scope = path === '/tokens/rotate' ? 'tokens:rotate' : 'base:write';
      const { token: scim, credential } = await issue(['scim:read', 'scim:write']);
      const { token: other } = await issue([scope === 'base:write' ? 'tokens:rotate' : 'base:write'], 'acme', 'other');
      const body = JSON.stringify(path === '/bases' ? payloadOf(['jane']) : { id: credential.id });
      for (const token of [scim, other]) {
        const refused = await call(method, path, { token, ...(method === 'POST' && { body }) });
        expect(refused).toMatchObject({ status: 403, body: { code: 'credentials-refused' } });
        expect(refused.body.message).toContain(scope);
      }
      expect(await directory.bases('acme').list()).toEqual([]);
      expect(await directory.credentials.list('acme')).toHaveLength(3);
    },
  );

  test('a credential for bases reads and writes nothing over SCIM', async () => {
    const { base, server } = await startAdmin();
    const headers = { authorization: `Bearer ${base}`, 'content-type': 'application/scim+json' };
    expect((await fetch(`${server.url}/Users`, { headers })).status).toBe(403);
    const body = JSON.stringify(userBody('kim'));
    expect((await fetch(`${server.url}/Users`, { method: 'POST', headers, body })).status).toBe(403);
  });

  test.each(['', '/', '/base', '/bases/1', '/bases/begin/x', '/v2/bases', '//bases', '/Bases', '/bases%2Fbegin'])(
    '%j is 404',
    async (path) => {
      const { call } = await startAdmin();
      expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    },
  );

  test.each([
    ['GET', '/bases/begin', 'POST'],
    ['PUT', '/bases', 'GET, HEAD, POST'],
    ['DELETE', '/bases', 'GET, HEAD, POST'],
    ['OPTIONS', '/bases', 'GET, HEAD, POST'],
    ['GET', '/tokens/rotate', 'POST'],
  ])('%s %s is 405 and told what is allowed', async (method, path, allow) => {
    const { call } = await startAdmin();
    const refused = await call(method, path);
    expect([refused.status, refused.headers.get('allow'), refused.body.code]).toEqual([405, allow, 'usage']);
  });

  test('pages of other origins are let in nowhere', async () => {
    const { call } = await startAdmin();
    const sent = { origin: 'https://evil.example.com', 'access-control-request-method': 'POST' };
    for (const method of ['OPTIONS', 'GET']) {
      const { headers } = await call(method, '/bases', { headers: sent });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('HEAD has the head of GET, and a slash at the end says nothing', async () => {
    const { call } = await startAdmin();
    expect(await call('HEAD', '/bases')).toMatchObject({ status: 200, body: undefined });
    expect((await call('GET', '/bases/')).status).toBe(200);
  });

  test('a credential that is too fast is answered 429 with Retry-After', async () => {
    const { call } = await startAdmin({ rateLimiter: createRateLimiter({ ratePerSecond: 0.001, burst: 1 }) });
    await call('GET', '/bases');
    const limited = await call('GET', '/bases');
    expect([limited.status, Number(limited.headers.get('retry-after'))]).toEqual([429, expect.closeTo(1000, -1)]);
  });

  test('requests have ids, lines in the log without secrets, and numbers in the metrics', async () => {
    const { call, log, base, origin } = await startAdmin();
    const answer = await call('GET', '/bases', { headers: { 'x-request-id': 'mine-1' } });
    expect(answer.headers.get('x-request-id')).toBe('mine-1');
    await call('POST', '/elsewhere/secret-name?x=secret-value', { body: '{"secret":1}' });
    const lines = log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ requestId: 'mine-1', route: 'admin/bases', status: 200, credential: 'connector' }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ route: 'admin/unknown', status: 404 }));
    expect(log()).not.toMatch(/secret/);
    expect(log()).not.toContain(base);
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toContain('scim_requests_total{method="GET",route="admin/bases",status="200"} 1');
  });

  test('a fault is answered 500 with the id to ask with, and logged', async () => {
    const { call, log, directory } = await startAdmin();
    await directory.close();
    const token = `scim_acme_${'0'.repeat(16)}_${'0'.repeat(64)}`;
    const refused = await call('GET', '/bases', { token, headers: { 'x-request-id': 'mine-2' } });
    expect([refused.status, Object.keys(refused.body)]).toEqual([500, ['code', 'message']]);
    expect(refused.body.message).toContain('mine-2');
    expect(log()).toContain('request failed');
  });
});

describe('the path of the administration API', () => {
  test('is beside that of the SCIM service, and told with its URL', async () => {
    const { server } = await startAdmin({ adminPath: '/manage/', baseUrl: 'https://scim.example.com/scim/v2' });
    expect(server.adminUrl).toBe('https://scim.example.com/manage');
    expect((await startAdmin()).server.adminUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/admin$/);
  });

  test.each([
    ['/scim', '/scim', 'lies within'],
    ['/scim/admin', '/scim', 'lies within'],
    ['/admin', '', 'lies within'],
    ['/admin', '/admin/scim', 'lies within'],
    ['/', '/scim', 'a path of its own'],
    ['admin', '/scim', 'no path'],
    ['/metrics', '/scim', 'something else'],
  ])('%j is refused where SCIM is at %j', async (adminPath, mountPath, message) => {
    await expect(startAdmin({ adminPath, mountPath })).rejects.toThrow(message);
  });

  test('/scimadmin is not within /scim', async () => {
    const { server, base } = await startAdmin({ adminPath: '/scimadmin' });
    const answer = await fetch(`${server.adminUrl}/bases`, { headers: { authorization: `Bearer ${base}` } });
    expect(answer.status).toBe(200);
  });
});
