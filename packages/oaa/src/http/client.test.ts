import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../errors/index.ts';
import { createHttpClient } from './client.ts';
import type { HttpBody } from './http-types.ts';
import {
  answer,
  bodyText,
  everythingShown,
  httpServer,
  httpsServer,
  instantSeams,
  rejection,
  testApiKey,
  testCertificate,
} from './test-support.ts';

const auth = { type: 'bearer', token: testApiKey } as const;

/** A body of `count` chunks of `size` letters; counts how often it was opened. */
function letters(count: number, size: number): HttpBody & { opened(): number } {
  let opened = 0;
  return {
    contentType: 'text/plain',
    byteLength: count * size,
    opened: () => opened,
    *open() {
      opened += 1;
      for (let index = 0; index < count; index += 1) yield Buffer.alloc(size, 'x');
    },
  };
}

/** A CONNECT proxy; `allow` decides on its Proxy-Authorization header. */
async function connectProxy(allow: (authorization: string | undefined) => boolean) {
  const asked: string[] = [];
  const server = http.createServer();
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => undefined);
    if (!allow(request.headers['proxy-authorization'])) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const target = new URL(`http://${request.url}`);
    const upstream = net.connect(Number(target.port), target.hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    onTestFinished(() => void upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('a request', () => {
  test('carries the credential, the user agent and JSON, and returns JSON', async () => {
    const seen: unknown[] = [];
    const server = await httpServer(async (request, response) => {
      const { authorization, accept, 'user-agent': userAgent, 'content-type': contentType } = request.headers;
      seen.push([request.method, request.url, authorization, accept, userAgent, contentType, await bodyText(request)]);
      answer(response, 201, { value: { id: '1' } });
    });
    const client = createHttpClient({ baseUrl: `${server.url}/base/`, auth, userAgent: 'kit/1' });
    const { status, json } = await client.request({ method: 'POST', path: '/things', json: { name: 'ä' } });
    expect([status, json]).toEqual([201, { value: { id: '1' } }]);
    expect(seen).toEqual([
      ['POST', '/base/things', `Bearer ${testApiKey}`, 'application/json', 'kit/1', 'application/json', '{"name":"ä"}'],
    ]);
  });

  test('writes spaces of the query as + and quotes as %22', async () => {
    const urls: (string | undefined)[] = [];
    const server = await httpServer((request, response) => {
      urls.push(request.url);
      answer(response, 200, {});
    });
    const client = createHttpClient({ baseUrl: server.url });
    await client.request({
      method: 'GET',
      path: '/p',
      query: { filter: 'name eq "Git Hub"', page_size: 5, no: undefined },
    });
    expect(urls).toEqual(['/p?filter=name+eq+%22Git+Hub%22&page_size=5']);
  });

  test('returns undefined for an empty body', async () => {
    const server = await httpServer((_, response) => response.writeHead(204).end());
    const client = createHttpClient({ baseUrl: server.url });
    expect((await client.request({ method: 'DELETE', path: '/p' })).json).toBeUndefined();
  });

  test('sends basic credentials and hides both forms of them', async () => {
    const server = await httpServer((request, response) =>
      answer(response, 400, { code: 'X', message: `you sent ${request.headers.authorization} with open-sesame` }),
    );
    const basic = { type: 'basic', username: 'kim', password: 'open-sesame' } as const;
    const error = await rejection(
      createHttpClient({ baseUrl: server.url, auth: basic }).request({ method: 'GET', path: '/' }),
    );
    expect(error.message).toContain('you sent Basic (secret) with (secret)');
  });

  test('hides the secrets that a body held', async () => {
    const server = await httpServer(async (request, response) =>
      answer(response, 400, { code: 'X', message: await bodyText(request) }),
    );
    const request = { method: 'POST', path: '/', json: { token: 'in"the-body' }, secrets: ['in"the-body'] } as const;
    const error = await rejection(createHttpClient({ baseUrl: server.url }).request(request));
    expect(error.message).toContain('{"token":"(secret)"}');
  });
});

describe('a streamed body', () => {
  test('is opened again for each attempt and arrives whole', async () => {
    const lengths: number[] = [];
    const server = await httpServer(async (request, response, count) => {
      lengths.push((await bodyText(request)).length);
      answer(response, count < 3 ? 503 : 200, {});
    });
    const body = letters(50, 10_000);
    const client = createHttpClient({ baseUrl: server.url, seams: instantSeams() });
    await client.request({ method: 'POST', path: '/', body, idempotent: true });
    expect(lengths).toEqual([500_000, 500_000, 500_000]);
    expect(body.opened()).toBe(3);
  });

  test('reports how much was handed over', async () => {
    const server = await httpServer((request, response) => {
      request.resume().on('end', () => answer(response, 200, {}));
    });
    const sent: number[] = [];
    await createHttpClient({ baseUrl: server.url }).request({
      method: 'POST',
      path: '/',
      body: letters(3, 10),
      onSent: (bytes) => sent.push(bytes),
    });
    expect(sent).toEqual([10, 20, 30]);
  });

  test('a refusal in the middle of the upload is read, and the rest is not sent', async () => {
    const server = await httpServer((_, response) => answer(response, 413, { code: 'TooLarge', message: 'too much' }));
    const client = createHttpClient({ baseUrl: server.url, seams: instantSeams() });
    const error = await rejection(client.request({ method: 'POST', path: '/', body: letters(2_000, 100_000) }));
    expect(error).toMatchObject({ code: 'remote-refused', status: 413, remoteCode: 'TooLarge' });
    expect(server.requests()).toBe(1);
  });

  test('an error of the body comes out as it is', async () => {
    const server = await httpServer((request) => void request.resume());
    const body: HttpBody = {
      contentType: 'text/plain',
      byteLength: 10,
      *open() {
        yield Buffer.from('abc');
        throw new RangeError('my own fault');
      },
    };
    const client = createHttpClient({ baseUrl: server.url, seams: instantSeams() });
    await expect(client.request({ method: 'PUT', path: '/', body })).rejects.toThrow(new RangeError('my own fault'));
    expect(server.requests()).toBeLessThan(2);
  });

  test('a slow upload is no time-out as long as it goes on', async () => {
    const server = await httpServer((request, response) => {
      request.resume().on('end', () => answer(response, 200, {}));
    });
    const body: HttpBody = {
      contentType: 'text/plain',
      byteLength: 20,
      async *open() {
        for (let index = 0; index < 20; index += 1) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          yield Buffer.from('x');
        }
      },
    };
    const client = createHttpClient({ baseUrl: server.url, timeoutMs: 800, retryPolicy: { retries: 0 } });
    expect((await client.request({ method: 'POST', path: '/', body })).status).toBe(200);
  });
});

describe('raw mode', () => {
  test('returns any answer as it is, after one attempt', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(503, { 'x-Thing': 'a' });
      response.end('<html>');
    });
    const { status, headers, body } = await createHttpClient({ baseUrl: server.url }).raw({ method: 'GET', path: '/' });
    expect([status, headers['x-thing'], Buffer.from(body).toString()]).toEqual([503, 'a', '<html>']);
    expect(server.requests()).toBe(1);
  });
});

describe('the way there', () => {
  test('an own certificate authority is trusted beside the usual ones', async () => {
    const certificate = await testCertificate();
    const server = await httpsServer(certificate, (_, response) => answer(response, 200, { ok: true }));
    const client = createHttpClient({ baseUrl: server.url, tls: { ca: certificate.cert } });
    expect((await client.request({ method: 'GET', path: '/' })).json).toEqual({ ok: true });
  });

  test('verification can be switched off', async () => {
    const server = await httpsServer(await testCertificate(), (_, response) => answer(response, 200, { ok: true }));
    const client = createHttpClient({ baseUrl: server.url, tls: { verify: false } });
    expect((await client.request({ method: 'GET', path: '/' })).json).toEqual({ ok: true });
  });

  test('https goes through a CONNECT proxy, which sees the proxy password but not the credential', async () => {
    const certificate = await testCertificate();
    const server = await httpsServer(certificate, (request, response) =>
      answer(response, 200, [request.headers.authorization, request.headers['proxy-authorization']]),
    );
    const proxy = await connectProxy(
      (authorization) => authorization === `Basic ${Buffer.from('kim:p@ss-word').toString('base64')}`,
    );
    const client = createHttpClient({
      baseUrl: `https://localhost:${server.port}`,
      auth,
      tls: { ca: certificate.cert },
      proxyUrl: `http://kim:p%40ss-word@${proxy.host}`,
    });
    expect((await client.request({ method: 'GET', path: '/' })).json).toEqual([`Bearer ${testApiKey}`, null]);
    expect(proxy.asked).toEqual([`localhost:${server.port}`]);
  });

  test('a proxy that wants a password is not mistaken for the remote side', async () => {
    const server = await httpsServer(await testCertificate(), (_, response) => answer(response, 200, {}));
    const proxy = await connectProxy(() => false);
    const client = createHttpClient({ baseUrl: server.url, auth, proxyUrl: `http://kim:p@ss-word@${proxy.host}` });
    const error = await rejection(client.request({ method: 'GET', path: '/' }));
    expect(error).toMatchObject({
      code: 'unreachable',
      exitCode: 6,
      retryable: false,
      message: `The proxy http://${proxy.host} did not open a connection to the server at ${server.url}: HTTP 407 Proxy Authentication Required.`,
      hint: 'Check proxyUrl: host, port, user name and password (http://user:password@host:port).',
    });
    expect(everythingShown(error)).not.toContain('p@ss-word');
    expect(server.requests()).toBe(0);
  });

  test('a password of a proxy that is no percent-encoding is refused, and not shown', () => {
    const make = () => createHttpClient({ baseUrl: 'https://a', proxyUrl: 'http://kim:100%sure@127.0.0.1:9' });
    expect(make).toThrow(UsageError);
    expect(make).toThrow(/^(?!.*sure).*percent-encoded/);
  });

  test('what a proxy was sent is not shown, whichever way it says it back', async () => {
    const proxy = await httpServer((request, response) =>
      answer(response, 400, { code: 'X', message: `${request.headers['proxy-authorization']} p%40ss-word p@ss-word` }),
    );
    const proxyUrl = `http://kim:p%40ss-word@127.0.0.1:${proxy.port}`;
    const client = createHttpClient({ baseUrl: 'http://localhost:9', auth, proxyUrl });
    const error = await rejection(client.request({ method: 'GET', path: '/' }));
    expect(error.message).toContain('Basic (secret) (secret) (secret)');
  });

  test('a proxy that nobody listens on is named', async () => {
    const client = createHttpClient({
      baseUrl: 'https://127.0.0.1:9',
      proxyUrl: 'http://127.0.0.1:9',
      seams: instantSeams(),
      retryPolicy: { retries: 1 },
    });
    expect((await rejection(client.request({ method: 'GET', path: '/' }))).message).toBe(
      'No connection to the proxy http://127.0.0.1:9 on the way to https://127.0.0.1:9: it was refused (ECONNREFUSED) after 2 attempts.',
    );
  });

  test('a proxy of another kind is refused', () => {
    expect(() => createHttpClient({ baseUrl: 'https://a', proxyUrl: 'socks5://a' })).toThrow(
      'The proxy must be an http:// or https:// URL.',
    );
  });
});
