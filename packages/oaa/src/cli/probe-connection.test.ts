import { createServer, type LookupFunction } from 'node:net';
import { expect, test } from 'vitest';
import { probeConnection } from './probe-connection.ts';

const limits = { timeoutMs: 10_000, signal: new AbortController().signal };

async function listening() {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}

test('a connection that stands', async () => {
  const server = await listening();
  const probe = await probeConnection('127.0.0.1', server.port, limits);
  expect(probe).toEqual({ address: undefined, failedAt: undefined, code: undefined });
  await server.close();
});

test('a port that nobody listens on', async () => {
  const server = await listening();
  await server.close();
  const probe = await probeConnection('127.0.0.1', server.port, limits);
  expect(probe).toEqual({ address: undefined, failedAt: 'connection', code: 'ECONNREFUSED' });
});

test('a name that leads to an address', async () => {
  const server = await listening();
  const lookup: LookupFunction = (_name, _options, found) => {
    setImmediate(() => found(null, [{ address: '127.0.0.1', family: 4 }]));
  };
  const probe = await probeConnection('tenant.test', server.port, { ...limits, lookup });
  expect(probe).toEqual({ address: '127.0.0.1', failedAt: undefined, code: undefined });
  await server.close();
});

test('a name that nobody knows', async () => {
  const unknown = Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
  const lookup: LookupFunction = (_name, _options, found) => found(unknown, []);
  const probe = await probeConnection('tenant.test', 443, { ...limits, lookup });
  expect(probe).toEqual({ address: undefined, failedAt: 'name', code: 'ENOTFOUND' });
});

test('a name service that never answers', async () => {
  const probe = await probeConnection('tenant.test', 443, { ...limits, timeoutMs: 5, lookup: () => undefined });
  expect(probe).toEqual({ address: undefined, failedAt: 'name', code: 'timeout' });
});

test('an abort ends it', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const probing = probeConnection('tenant.test', 443, { ...limits, signal, lookup: () => undefined });
  controller.abort();
  expect(await probing).toMatchObject({ failedAt: 'name', code: 'aborted' });
});
