import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { UsageError } from '@oaa-kit/oaa';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Directory } from '../directory/directory.ts';
import { createAuthenticator } from './auth/create-authenticator.ts';
import { issueToken } from './auth/issue-credential.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { type ScimServerOptions, startScimServer } from './standalone.ts';
import { openTestDirectory, userUrn } from './test-service.ts';

/** `inner` with some of its members in another form. */
function withChanges<Inner extends object>(inner: Inner, changes: Partial<Inner>): Inner {
  return new Proxy(inner, {
    get(_target, name) {
      const value: unknown = Reflect.get(Object.hasOwn(changes, name) ? changes : inner, name);
      return typeof value === 'function' ? value.bind(inner) : value;
    },
  });
}

/** A server on a free port over a real directory, with a token for `acme`. */
async function start(
  change: Partial<ScimServerOptions> = {},
  wrap: (directory: Directory) => Directory = (directory) => directory,
) {
  const directory = wrap(await openTestDirectory());
  const wanted = { organization: 'acme', label: 'tenant', scopes: ['scim:read', 'scim:write'] as const };
  const { token } = await issueToken(directory.credentials, wanted, new Date().toISOString());
  let log = '';
  const write = (line: string) => {
    log += line;
  };
  const authenticator = await createAuthenticator({ credentials: directory.credentials });
  const server = await startScimServer({ directory, authenticator, port: 0, log: { write }, ...change });
  onTestFinished(() => server.close());
  const origin = `http://127.0.0.1:${server.port}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  return {
    server,
    token,
    origin,
    log: () => log,
    lines: () =>
      log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    get: (path: string) => fetch(`${server.url}${path}`, { headers }),
    post: (userName: string) => {
      const body = JSON.stringify({ schemas: [userUrn], userName });
      return fetch(`${server.url}/Users`, { method: 'POST', headers, body });
    },
    plain: async (path: string, sent: Record<string, string> = {}) => {
      const response = await fetch(`${origin}${path}`, { headers: sent });
      return { status: response.status, text: await response.text() };
    },
    /** Sends bytes and gives all that comes back until the connection ends. */
    raw: async (bytes: string) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(bytes);
      return text(socket);
    },
  };
}

describe('the standalone server', () => {
  test('serves SCIM at the URL that it tells, with and without the version', async () => {
    const { server, get, post, origin, token } = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/scim/v2`);
    const created = await post('kim');
    const { id } = (await created.json()) as { id: string };
    expect([created.status, created.headers.get('location')]).toEqual([201, `${server.url}/Users/${id}`]);
    expect((await get(`/Users/${id}`)).headers.get('content-type')).toBe('application/scim+json');
    const unversioned = await fetch(`${origin}/scim/Users/${id}`, { headers: { authorization: `bearer ${token}` } });
    expect(unversioned.status).toBe(200);
  });

  test('answers 401 with its challenges to whoever has no credential, and 404 beside its path', async () => {
    const { server, plain } = await start();
    const refused = await fetch(`${server.url}/Users`);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="scim"']);
    expect((await plain('/')).status).toBe(404);
  });

  test('is alive, and ready as long as the database can be read', async () => {
    let broken = false;
    const { plain } = await start({}, (directory) =>
      withChanges(directory, {
        checkReady: () => (broken ? Promise.reject(new Error('disk gone')) : directory.checkReady()),
      }),
    );
    expect([await plain('/healthz'), await plain('/readyz')]).toEqual([
      { status: 200, text: 'alive\n' },
      { status: 200, text: 'ready\n' },
    ]);
    broken = true;
    expect((await plain('/healthz')).status).toBe(200);
    expect(await plain('/readyz?verbose')).toEqual({ status: 503, text: 'the directory is not ready\n' });
  });

  test('counts requests by route and status, refusals by credential, and resources', async () => {
    const { post, get, plain } = await start({ rateLimiter: createRateLimiter({ ratePerSecond: 0.001, burst: 4 }) });
    const created = (await (await post('kim')).json()) as { id: string };
    await post('KIM');
    await get(`/Users/${created.id}`);
    await get('/Users/unknown');
    const limited = await get('/Users');
    expect([limited.status, Number(limited.headers.get('retry-after'))]).toEqual([429, expect.closeTo(1000, -1)]);
    const { text: metrics } = await plain('/metrics');
    expect(metrics.split('\n')).toEqual(
      expect.arrayContaining([
        'scim_requests_total{method="POST",route="/Users",status="201"} 1',
        'scim_requests_total{method="POST",route="/Users",status="409"} 1',
        'scim_requests_total{method="GET",route="/Users/{id}",status="200"} 1',
        'scim_requests_total{method="GET",route="/Users/{id}",status="404"} 1',
        'scim_requests_total{method="GET",route="/Users",status="429"} 1',
        'scim_refused_requests_total{status="409",organization="acme",credential="tenant"} 1',
        'scim_refused_requests_total{status="429",organization="acme",credential="tenant"} 1',
        'scim_request_duration_seconds_count{method="GET",route="/Users/{id}"} 2',
        'scim_directory_resources{organization="acme",kind="User"} 1',
      ]),
    );
    expect(metrics).not.toContain(created.id);
  });

  test('tells metrics to this machine only, not to a proxy on it, and behind one to those who are named', async () => {
    const own = await start();
    expect((await own.plain('/metrics')).status).toBe(200);
    expect((await own.plain('/metrics', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    expect((await own.plain('/metrics', { forwarded: 'for=203.0.113.7' })).status).toBe(404);
    for (const proxied of [{ baseUrl: 'https://scim.example.com/v2' }, { trustedProxies: ['127.0.0.1'] }]) {
      expect((await (await start(proxied)).plain('/metrics')).status).toBe(404);
      expect((await (await start({ ...proxied, metricsFrom: ['127.0.0.1'] })).plain('/metrics')).status).toBe(200);
    }
    const elsewhere = await start({ metricsFrom: ['203.0.113.0/24'] });
    expect((await elsewhere.plain('/metrics')).status).toBe(404);
    await expect(start({ metricsFrom: ['everybody'] })).rejects.toThrow(UsageError);
  });

  test('logs each request with its id, and never a token, a filter, a body or an id', async () => {
    const { get, post, token, lines, log } = await start();
    const created = await post('kim.secret');
    const { id } = (await created.json()) as { id: string };
    await get(`/Users/${id}?filter=${encodeURIComponent('userName eq "filter.secret"')}`);
    expect(lines().filter(({ msg }) => msg === 'request')).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        requestId: created.headers.get('x-request-id'),
        method: 'POST',
        route: '/Users',
        status: 201,
        durationMs: expect.any(Number),
        organization: 'acme',
        credential: 'tenant',
        msg: 'request',
      },
      expect.objectContaining({ method: 'GET', route: '/Users/{id}' }),
    ]);
    for (const secret of [token, token.slice(-64), 'secret', id]) expect(log()).not.toContain(secret);
  });

  test('logs a fault with its cause, and tells the client only the id of the request', async () => {
    const { get, lines } = await start({}, (directory) =>
      withChanges(directory, {
        organization: () => {
          throw Object.assign(new Error('cause of the fault'), { parameters: ['secret-parameter'] });
        },
      }),
    );
    const response = await get('/Users');
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('cause')]);
    const line = lines().find(({ msg }) => msg === 'request failed');
    expect(line).toMatchObject({
      requestId: response.headers.get('x-request-id'),
      error: { type: 'Error', message: 'cause of the fault', stack: expect.stringContaining('standalone.test') },
    });
    expect(JSON.stringify(line)).not.toContain('secret-parameter');
  });

  test('refuses what is no request, headers that are too long, and requests that never come to their end', async () => {
    const { raw, get } = await start({ headersTimeoutMs: 300, requestTimeoutMs: 400 });
    const answers = await Promise.all([
      raw('NONSENSE\r\n\r\n'),
      raw(`GET /scim/Users HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
      raw('GET /scim/Users HTTP/1.1\r\nHost: x\r\nX-Slow: '),
      raw('GET /scim/Users HTTP/1.1\r\nConnection: close\r\n\r\n'),
      raw('GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n'),
      raw('GET /scim/Users HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nConnection: close\r\n\r\n'),
    ]);
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual([
      'HTTP/1.1 400',
      'HTTP/1.1 431',
      'HTTP/1.1 408',
      'HTTP/1.1 400',
      'HTTP/1.1 400',
      'HTTP/1.1 417',
    ]);
    for (const answer of answers) {
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: answer.slice(9, 12),
      });
    }
    expect((await get('/Users')).status).toBe(200);
    expect(await raw('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200/);
  });

  test('answers a whole request as what it is, whatever comes behind it', async () => {
    const { raw, token, get } = await start();
    const body = JSON.stringify({ schemas: [userUrn], userName: 'kim' });
    const head = `POST /scim/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`;
    const answer = await raw(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}\0\0\r\n\r\n`);
    expect(answer.match(/^HTTP\/.*$/gm)).toEqual(['HTTP/1.1 201 Created']);
    expect(answer).toContain('"userName":"kim"');
    expect(await (await get('/Users')).json()).toMatchObject({ totalResults: 1 });
  });

  test('counts and logs a body that did not come in time as what the client was told, and keeps nothing of it', async () => {
    const { server, token, lines, get, plain } = await start({ requestTimeoutMs: 300 });
    const body = JSON.stringify({ schemas: [userUrn], userName: 'slow' });
    const head = `POST /scim/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`;
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`);
    const answer = text(socket);
    await once(socket, 'readable');
    // The rest comes after the refusal.
    socket.write(body.slice(-1));
    expect(await answer).toMatch(/^HTTP\/1.1 408/);
    await expect
      .poll(() => lines().find(({ method }) => method === 'POST'), { timeout: 5_000 })
      .toMatchObject({
        status: 408,
        route: '/Users',
        credential: 'tenant',
      });
    expect((await plain('/metrics')).text).toContain(
      'scim_requests_total{method="POST",route="/Users",status="408"} 1',
    );
    expect(await (await get('/Users')).json()).toMatchObject({ totalResults: 0 });
    socket.destroy();
  });

  test('a request with two credentials is 401, whichever they are', async () => {
    const { raw, token } = await start();
    for (const pair of [
      [token, token],
      [token, 'other'],
      ['other', token],
    ]) {
      const headers = pair.map((one) => `authorization: Bearer ${one}`).join('\r\n');
      expect(await raw(`GET /scim/Users HTTP/1.1\r\nHost: x\r\n${headers}\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 401/,
      );
    }
  });

  test('a client that waits to be asked for its body is asked only if it would be read', async () => {
    const { raw, token } = await start();
    const body = JSON.stringify({ schemas: [userUrn], userName: 'kim' });
    const ask = (credential: string, length: number) =>
      raw(
        `POST /scim/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${credential}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n${body}`,
      );
    const answers = await Promise.all([ask(token, 2_000_000), ask('other', body.length), ask(token, body.length)]);
    expect(answers.map((answer) => answer.match(/^HTTP\/1.1 \d+/gm))).toEqual([
      ['HTTP/1.1 413'],
      ['HTTP/1.1 401'],
      ['HTTP/1.1 100', 'HTTP/1.1 201'],
    ]);
  });

  test.each([
    ['a port that is taken', async () => ({ port: (await start()).server.port }), 'EADDRINUSE'],
    ['a mount path that is none', async () => ({ mountPath: 'scim' }), 'no path to mount'],
    ['an address of another machine', async () => ({ host: '203.0.113.1' }), 'EADDRNOTAVAIL'],
  ])('does not start on %s, and says so', async (_name, change, code) => {
    await expect(start(await change())).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(code) });
  });
});

describe('stopping', () => {
  /** A directory whose lists wait until they are let go. */
  async function startHeld(change: Partial<ScimServerOptions> = {}) {
    const { promise, resolve } = Promise.withResolvers<void>();
    let asked = 0;
    const world = await start(change, (directory) =>
      withChanges(directory, {
        organization: (id: string) => {
          const inner = directory.organization(id);
          return withChanges(inner, {
            list: async (...args) => {
              asked += 1;
              await promise;
              return inner.list(...args);
            },
          });
        },
      }),
    );
    return { ...world, letGo: resolve, asked: () => asked };
  }

  test('finishes the requests that are under way, takes no new ones, and ends idle connections', async () => {
    const { server, get, post, plain, letGo, asked } = await startHeld();
    await post('kim');
    const idle = connect(server.port, '127.0.0.1');
    await once(idle, 'connect');
    const running = get('/Users');
    await expect.poll(asked).toBe(1);
    const stopped = server.close();
    await once(idle, 'close');
    await expect(plain('/healthz')).rejects.toThrow();
    letGo();
    const response = await running;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    expect(await response.json()).toMatchObject({ totalResults: 1 });
    await stopped;
    await server.close();
  });

  test('cuts off what takes longer than it waits', async () => {
    const { server, get, asked, letGo } = await startHeld({ stopWithinMs: 200 });
    const running = expect(get('/Users')).rejects.toThrow();
    await expect.poll(asked).toBe(1);
    await server.close();
    await running;
    letGo();
  });
});
