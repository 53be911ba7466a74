import { Transform } from 'node:stream';
import fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { scimFastify, scimFrameworkErrors } from './fastify.ts';
import { type EchoService, echoService } from './test-echo-service.ts';
import { mountLaws } from './test-mount-laws.ts';

function inFastify(prefix: string, path = prefix) {
  return async (service: EchoService, errors: unknown[]) => {
    const log = { level: 'error', stream: { write: (line: string) => errors.push(JSON.parse(line).err) } };
    const app = fastify({ logger: log, forceCloseConnections: true });
    await app.register(scimFastify, { prefix, service });
    return { url: `${await app.listen({ port: 0, host: '127.0.0.1' })}${path}`, close: () => app.close() };
  };
}

describe('in fastify, at its top', () => mountLaws(inFastify('', '')));
describe('in fastify, below a prefix', () => mountLaws(inFastify('/a/scim')));
describe('in fastify, below a prefix with a parameter', () => mountLaws(inFastify('/:tenant/scim', '/acme/scim')));

describe('in an application of others', () => {
  async function setUp() {
    const app = fastify({ forceCloseConnections: true });
    app.addHook('onRequest', async (request, reply) => {
      reply.header('strict-transport-security', 'max-age=1');
      if (request.headers['x-block'] !== undefined) throw Object.assign(new Error('Blocked.'), { statusCode: 403 });
      if (request.headers['x-break'] !== undefined) throw new Error('secret cause');
    });
    app.addHook('preParsing', async (request, _reply, payload) => {
      if (request.headers['x-shout'] === undefined) return payload;
      const shout = new Transform({
        transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()),
      });
      return payload.pipe(shout);
    });
    await app.register(scimFastify, { prefix: '/scim', service: echoService() });
    app.post('/other', async (request) => request.body);
    onTestFinished(() => app.close());
    return app;
  }

  test('their parsers and routes stay as they are', async () => {
    const app = await setUp();
    const answer = await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } });
    expect([answer.json(), answer.headers['content-type']]).toEqual([{ a: 1 }, 'application/json; charset=utf-8']);
    const refused = await app.inject({
      method: 'POST',
      url: '/other',
      payload: 'x',
      headers: { 'content-type': 'a/b' },
    });
    expect(refused.statusCode).toBe(415);
  });

  test('headers that their hooks set go along', async () => {
    const answer = await (await setUp()).inject('/scim/Users');
    expect(answer.headers).toMatchObject({
      'strict-transport-security': 'max-age=1',
      'content-type': 'application/scim+json',
    });
  });

  test('a body that their hooks have changed is the one that counts', async () => {
    const answer = await (await setUp()).inject({
      method: 'POST',
      url: '/scim/Users',
      payload: 'quiet',
      headers: { 'x-shout': 'yes', 'content-type': 'text/plain' },
    });
    expect(answer.json()).toMatchObject({ body: 'QUIET' });
  });

  test('refusals of their hooks are SCIM errors, and their faults tell nothing', async () => {
    const app = await setUp();
    const blocked = await app.inject({ url: '/scim/Users', headers: { 'x-block': 'yes' } });
    expect([blocked.statusCode, blocked.json()]).toEqual([
      403,
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: 'Blocked.', status: '403' },
    ]);
    const broken = await app.inject({ url: '/scim/Users', headers: { 'x-break': 'yes' } });
    expect([broken.statusCode, broken.json().status]).toEqual([500, '500']);
    expect(broken.body).not.toContain('secret cause');
  });

  test.each(['PROPFIND', 'SEARCH', 'LOCK'])('%s goes to the service, and beside it to them', async (method) => {
    const app = fastify({ forceCloseConnections: true });
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('not here'));
    await app.register(scimFastify, { prefix: '/scim', service: echoService() });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => app.close());
    const asked = await fetch(`${url}/scim/Users?a=b`, { method });
    expect([asked.status, await asked.json()]).toEqual([200, expect.objectContaining({ method, url: '/Users?a=b' })]);
    expect(await (await fetch(`${url}/scimitar`, { method })).text()).toBe('not here');
  });

  test('what they answer where nothing is found at the same prefix stays theirs', async () => {
    const app = fastify();
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('not here'));
    await app.register(scimFastify, { service: echoService() });
    onTestFinished(() => app.close());
    expect((await app.inject('/Users')).json()).toMatchObject({ url: '/Users' });
    expect((await app.inject({ method: 'PROPFIND', url: '/Users' })).body).toBe('not here');
  });

  test('a path that fastify cannot decode is refused in the form of SCIM where they say so', async () => {
    const app = fastify({ frameworkErrors: scimFrameworkErrors });
    await app.register(scimFastify, { prefix: '/scim', service: echoService() });
    onTestFinished(() => app.close());
    const answer = await app.inject('/scim/Users/%zz');
    expect([answer.statusCode, answer.headers['content-type'], answer.json()]).toEqual([
      400,
      'application/scim+json',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        detail: expect.stringContaining('not a valid url component'),
        status: '400',
      },
    ]);
  });
});
