import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { payloadOf, startAdmin } from './test-admin.ts';

const json = (value: unknown) => JSON.stringify(value);
const people = (count: number) => Array.from({ length: count }, (_, index) => `user ${index}`);

describe('bases through the administration API', () => {
  test('begin, submit and list: what is submitted is merged, and the label of the credential is who did it', async () => {
    const { call, directory } = await startAdmin();
    expect((await call('POST', '/bases/begin')).body).toEqual({ asOf: '0.0' });
    const body = json(payloadOf(['jane', 'kim']));
    const first = await call('POST', '/bases', { body });
    expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      200,
      'application/json',
      'no-store',
    ]);
    expect(first.body).toEqual({
      base: expect.objectContaining({
        generation: 1,
        actor: 'connector',
        digest: createHash('sha256').update(body).digest('hex'),
        acceptedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      }),
      changes: { created: 2, updated: 0, deleted: 0, membersAdded: 0, membersRemoved: 0 },
      drifts: [],
      notices: [],
    });
    const begun = await call('POST', '/bases/begin', { body: '{}' });
    expect(begun.body).toEqual({ asOf: '2.1' });
    const next = await call('POST', '/bases?asOf=2.1', { body: json(payloadOf(['jane'])) });
    expect(next.body).toMatchObject({ base: { generation: 2, asOf: 2 }, changes: { deleted: 1 } });
    const listed = await call('GET', '/bases');
    expect(listed.body).toEqual({ bases: [next.body.base, first.body.base], drifts: [] });
    const changes = await directory.organization('acme').changes(0, 10);
    expect(changes.map(({ operation, actor, origin }) => [operation, actor, origin])).toEqual([
      ['create', 'connector', 'extraction'],
      ['create', 'connector', 'extraction'],
      ['delete', 'connector', 'extraction'],
    ]);
  });

  test('gzip is unpacked', async () => {
    const { call } = await startAdmin();
    const body = gzipSync(json(payloadOf(['jane'])));
    const answer = await call('POST', '/bases', { body, headers: { 'content-encoding': 'gzip' } });
    expect(answer).toMatchObject({ status: 200, body: { changes: { created: 1 } } });
  });

  test('each credential reaches the bases of its own organization only', async () => {
    const { call, issue, directory } = await startAdmin();
    const { token: globex } = await issue(['base:write'], 'globex');
    await call('POST', '/bases', { body: json(payloadOf(['jane'])) });
    expect((await call('GET', '/bases', { token: globex })).body).toEqual({ bases: [], drifts: [] });
    expect((await call('POST', '/bases/begin', { token: globex })).body).toEqual({ asOf: '0.0' });
    const other = await call('POST', '/bases', { token: globex, body: json(payloadOf(['kim'], 'Other')) });
    expect(other).toMatchObject({ status: 200, body: { base: { generation: 1, application: { name: 'Other' } } } });
    expect(await directory.bases('acme').list()).toMatchObject([{ application: { name: 'Shop' } }]);
  });

  test('too many removals are answered 409 with what would go, and are taken when they are allowed', async () => {
    const { call, directory } = await startAdmin();
    await call('POST', '/bases', { body: json(payloadOf(people(30))) });
    const body = json(payloadOf(people(10)));
    const refused = await call('POST', '/bases?asOf=30.1', { body });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'guard',
        message: expect.stringContaining('20 of 30 users (67 %)'),
        hint: expect.stringContaining('--max-removal 67'),
        removals: [{ kind: 'users', removed: 20, total: 30 }],
      },
    });
    expect(await directory.organization('acme').revision()).toBe(30);
    const taken = await call('POST', '/bases?asOf=30.1&maxRemovalPercent=67', { body });
    expect(taken).toMatchObject({ status: 200, body: { changes: { deleted: 20 } } });
  });

  test('an invalid payload is answered 422 with every problem', async () => {
    const { call } = await startAdmin();
    const payload = payloadOf(['jane']);
    const body = json({ ...payload, permissions: [{ name: 'Read', permission_type: [7] }], more: 1 });
    const { status, body: refused } = await call('POST', '/bases', { body });
    expect([status, refused.code]).toEqual([422, 'payload-invalid']);
    const paths = refused.problems.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['$.more', '$.permissions[0].permission_type[0]']);
  });

  test.each([
    ['no as-of for the second base', '', payloadOf(['jane']), 400, 'setting-missing'],
    ['an as-of that is none', '?asOf=now', payloadOf(['jane']), 400, 'setting-invalid'],
    ['an as-of of the future', '?asOf=9.9', payloadOf(['jane']), 400, 'setting-invalid'],
    ['an as-of that is given twice', '?asOf=1.1&asOf=1.1', payloadOf(['jane']), 400, 'usage'],
    ['another application', '?asOf=1.1', payloadOf(['jane'], 'Other'), 422, 'base-foreign'],
    ['a percentage above 100', '?asOf=1.1&maxRemovalPercent=101', payloadOf(['jane']), 400, 'usage'],
    ['a percentage that is no number', '?asOf=1.1&maxRemovalPercent=0x10', payloadOf(['jane']), 400, 'usage'],
    ['an empty percentage', '?asOf=1.1&maxRemovalPercent=', payloadOf(['jane']), 400, 'usage'],
    ['a parameter with a typing error', '?asof=1.1', payloadOf(['jane']), 400, 'usage'],
    ['what is no payload', '?asOf=1.1', [], 422, 'payload-invalid'],
  ])('%s is refused, and nothing is changed', async (_what, query, payload, status, code) => {
    const { call, directory } = await startAdmin();
    await call('POST', '/bases', { body: json(payloadOf(['jane'])) });
    const refused = await call('POST', `/bases${query}`, { body: json(payload) });
    expect(refused).toMatchObject({ status, body: { code, message: expect.any(String) } });
    expect(await directory.bases('acme').list()).toHaveLength(1);
    expect(JSON.stringify(refused.body)).not.toMatch(/\bat .*\.ts/);
  });

  test('where the settings name applications, bases are of the one of their organization', async () => {
    const application = { name: 'Shop', type: 'Shop' };
    const { call, issue, directory } = await startAdmin({
      applicationOf: (organization) => (organization === 'acme' ? application : undefined),
    });
    const { token: globex } = await issue(['base:write'], 'globex');
    const unnamed = await call('POST', '/bases', { token: globex, body: json(payloadOf(['jane'])) });
    expect(unnamed).toMatchObject({ status: 400, body: { code: 'setting-missing' } });
    const foreign = await call('POST', '/bases', { body: json(payloadOf(['jane'], 'Other')) });
    expect(foreign).toMatchObject({ status: 422, body: { code: 'base-foreign' } });
    expect(foreign.body.message).toContain('"Other" (Shop), and the settings name "Shop" (Shop)');
    expect(await call('POST', '/bases', { body: json([]) })).toMatchObject({ body: { code: 'payload-invalid' } });
    expect([await directory.bases('globex').list(), await directory.bases('acme').list()]).toEqual([[], []]);
    expect((await call('POST', '/bases', { body: json(payloadOf(['jane'])) })).status).toBe(200);
  });

  test('a base that began before the last one is answered 422', async () => {
    const { call } = await startAdmin();
    await call('POST', '/bases', { body: json(payloadOf(['jane'])) });
    await call('POST', '/bases?asOf=1.1', { body: json(payloadOf(['jane', 'kim'])) });
    const refused = await call('POST', '/bases?asOf=0.0', { body: json(payloadOf(['jane'])) });
    expect(refused).toMatchObject({ status: 422, body: { code: 'base-superseded' } });
  });

  const gzip = { 'content-encoding': 'gzip' };
  test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number, string]>([
    ['no JSON', '{"a":', {}, 400, 'json-invalid'],
    ['the same name twice', '{"applications":[],"applications":[]}', {}, 400, 'json-invalid'],
    ['deep nesting', '['.repeat(300), {}, 400, 'json-invalid'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'json-invalid'],
    ['half a character at the end', new Uint8Array([0x22, 0xc3]), {}, 400, 'json-invalid'],
    ['no gzip', '{}', gzip, 400, 'json-invalid'],
    ['half a gzip', gzipSync(json(payloadOf(['jane']))).subarray(0, 60), gzip, 400, 'json-invalid'],
    ['another encoding', '{}', { 'content-encoding': 'br' }, 415, 'usage'],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415, 'usage'],
    ['an empty body', '', {}, 400, 'usage'],
  ])('a body with %s is refused', async (_what, body, headers, status, code) => {
    const { call, directory } = await startAdmin();
    expect(await call('POST', '/bases', { body, headers })).toMatchObject({ status, body: { code } });
    expect(await directory.bases('acme').list()).toEqual([]);
  });

  test('a base beyond the bound is answered 413, packed or not', async () => {
    const { call } = await startAdmin({ payloadBytes: 100_000 });
    const large = 'x'.repeat(100_001);
    for (const [body, headers] of [
      [large, {}],
      [gzipSync(large), gzip],
    ] as const) {
      const refused = await call('POST', '/bases', { body, headers });
      expect(refused).toMatchObject({ status: 413, body: { code: 'payload-too-large' } });
    }
  });

  test('a bound that is none is refused at the start', async () => {
    await expect(startAdmin({ payloadBytes: 0 })).rejects.toThrow('payloadBytes');
  });

  test('two bases at a time are taken, a third is answered 503 with Retry-After, unread', async () => {
    const { call, server, base } = await startAdmin();
    const head = `POST /admin/bases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${base}\r\nContent-Type: application/json\r\n`;
    const open = () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`${head}Content-Length: 2\r\nConnection: close\r\n\r\n{`);
      return socket;
    };
    const sockets = [open(), open()];
    await expect.poll(async () => (await call('POST', '/bases', { body: '{' })).status).toBe(503);
    const busy = await call('POST', '/bases', { body: '{' });
    expect([busy.headers.get('retry-after'), busy.body.code]).toEqual(['10', 'busy']);
    for (const socket of sockets) {
      socket.write('}');
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 422 /);
    }
    expect((await call('POST', '/bases', { body: '{' })).status).toBe(400);
  });

  test.each([
    ['a percentage that is none', '?maxRemovalPercent=101', 'usage'],
    ['an as-of that is none', '?asOf=now', 'setting-invalid'],
    ['an organization without an application', '', 'setting-missing'],
  ])('%s is refused before the body has come', async (_what, query, code) => {
    const { server, base } = await startAdmin(query === '' ? { applicationOf: () => undefined } : {});
    const socket = connect(server.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(
      `POST /admin/bases${query} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${base}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{`,
    );
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(`"code":"${code}"`);
  });

  test('a client that is gone in the middle of its base leaves nothing, and its place to others', async () => {
    const { call, server, base, directory } = await startAdmin();
    const body = json(payloadOf(['jane']));
    for (let round = 0; round < 3; round += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(
        `POST /admin/bases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${base}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
        () => socket.destroy(),
      );
    }
    await expect.poll(async () => (await call('POST', '/bases', { body })).status).toBe(200);
    expect(await directory.bases('acme').list()).toHaveLength(1);
  });
});
