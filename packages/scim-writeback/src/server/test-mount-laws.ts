import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type EchoService, echoService } from './test-echo-service.ts';

export interface Mounted {
  /** With the mount path, without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What is true of a mounted service, whatever it is mounted in. */
export function mountLaws(mount: (service: EchoService, errors: unknown[]) => Promise<Mounted>): void {
  async function setUp() {
    const service = echoService();
    const errors: unknown[] = [];
    const { url, close } = await mount(service, errors);
    onTestFinished(close);
    return { service, errors, url };
  }
  const scim = 'application/scim+json';

  test('method, path below the mount, query, headers, body and address arrive as they were sent', async () => {
    const { url } = await setUp();
    const body = '{"userName":"ü","userName":"twice"}';
    const response = await fetch(`${url}/Users/a%2Fb?filter=x%20eq%20%22y%22`, {
      method: 'PATCH',
      headers: { 'content-type': scim, accept: scim },
      body,
    });
    expect(await response.json()).toEqual({
      method: 'PATCH',
      url: '/Users/a%2Fb?filter=x%20eq%20%22y%22',
      accept: scim,
      body,
      remoteAddress: expect.stringContaining('127.0.0.1'),
    });
  });

  test.each(['', '/', '/?a=b', '//Users', '/v2/Users/'])('%j below the mount is asked of the service', async (path) => {
    const { url } = await setUp();
    const echo = await (await fetch(`${url}${path}`)).json();
    expect(echo).toMatchObject({ url: path.startsWith('/') ? path : `/${path}` });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s takes any media type, and a body without one', async (method) => {
    const { url } = await setUp();
    for (const type of ['application/json; charset=utf-8', 'text/plain', 'no media type', undefined]) {
      const sent = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        const request = httpRequest(
          `${url}/Users`,
          { method, headers: { 'content-length': '2' } },
          async (response) => {
            resolve({ status: response.statusCode, body: await text(response) });
          },
        );
        if (type !== undefined) request.setHeader('content-type', type);
        request.on('error', reject).end('{}');
      });
      // What is no media type at all may be refused, as long as a SCIM client can read the refusal.
      if (sent.status === 415) expect(JSON.parse(sent.body)).toMatchObject({ status: '415' });
      else expect(JSON.parse(sent.body)).toMatchObject({ method, body: '{}' });
    }
  });

  test('the media type is sent bare, and HEAD and 204 have no body', async () => {
    const { url } = await setUp();
    const got = await fetch(`${url}/Users`);
    expect(got.headers.get('content-type')).toBe(scim);
    expect(got.headers.get('x-request-id')).toBe('r-1');
    const head = await fetch(`${url}/Users`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const nothing = await fetch(`${url}/nothing`, { method: 'DELETE' });
    expect([nothing.status, nothing.headers.get('content-type'), await nothing.text()]).toEqual([204, null, '']);
  });

  test('pieces are sent as they come', async () => {
    const { url, service } = await setUp();
    const response = await fetch(`${url}/pieces`);
    expect(response.headers.get('content-type')).toBe(scim);
    expect(await response.json()).toEqual({ a: 'ü' });
    expect((await (await fetch(`${url}/long`)).text()).length).toBe(4096 * 1024);
    await expect.poll(service.openStreams).toBe(0);
  });

  test('no more pieces are made than a client takes, and none when it has gone', async () => {
    const { url, service } = await setUp();
    const { hostname, port, pathname } = new URL(`${url}/endless`);
    const socket = connect(Number(port), hostname);
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await expect.poll(service.openStreams).toBe(1);
    // The socket is not read: what was made fills the buffers between, and then nothing more is made.
    let before = -1;
    await expect
      .poll(
        () => {
          const same = before === service.piecesMade();
          before = service.piecesMade();
          return same;
        },
        { interval: 200 },
      )
      .toBe(true);
    expect(service.piecesMade()).toBeLessThan(64 * 1024);
    socket.destroy();
    await expect.poll(service.openStreams).toBe(0);
  });

  test('an answer that fails before its first piece is a SCIM error without the cause', async () => {
    const { url } = await setUp();
    const response = await fetch(`${url}/fails-at-once`);
    const body = await response.text();
    expect([response.status, JSON.parse(body).status]).toEqual([500, '500']);
    expect(body).not.toContain('secret cause');
  });

  test('an answer that fails in its middle is cut off and does not look whole', async () => {
    const { url, errors, service } = await setUp();
    await expect(fetch(`${url}/fails-later`).then((response) => response.text())).rejects.toThrow();
    expect(errors).toEqual([expect.objectContaining({ message: 'secret cause' })]);
    expect(service.openStreams()).toBe(0);
  });

  test('a client that sends more than is wanted gets its answer all the same', async () => {
    const { url } = await setUp();
    const response = await fetch(`${url}/unread`, {
      method: 'POST',
      headers: { 'content-type': scim },
      body: 'x'.repeat(20 * 1024 * 1024),
    });
    expect([response.status, await response.json()]).toEqual([413, { status: '413' }]);
  });

  test('a body that ends too early harms nobody', async () => {
    const { url } = await setUp();
    const { hostname, port, pathname } = new URL(`${url}/Users`);
    const head = `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: ${scim}\r\nContent-Length: 100\r\n\r\n{`;
    for (let round = 0; round < 3; round += 1) {
      const socket = connect(Number(port), hostname);
      await new Promise<void>((resolve) => {
        socket.on('close', () => resolve());
        socket.write(head, () => socket.destroy());
      });
    }
    expect((await fetch(`${url}/Users`)).status).toBe(200);
  });
}
