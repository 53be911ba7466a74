import { request } from 'node:https';
import { UnreachableError } from '@oaa-kit/oaa';
import { expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import { call, providersPath, startSandbox } from './test-support.ts';

test('a key is made when none is given, another for each sandbox', async () => {
  const [first, second] = [await startSandbox(), await startSandbox()];
  expect(first.apiKey).toMatch(/^[\w-]{43}$/);
  expect(second.apiKey).not.toBe(first.apiKey);
});

test('it listens on the loopback interface at a free port', async () => {
  const sandbox = await startSandbox({ apiKey: 'given' });
  expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(sandbox.apiKey).toBe('given');
  expect(sandbox.caCertificate).toBeUndefined();
});

test('over TLS it can be trusted by its certificate, by name and by address', async () => {
  const sandbox = await startSandbox({ tls: true });
  const get = (url: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${sandbox.apiKey}` };
      request(url, { ca: sandbox.caCertificate, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await get(`${sandbox.url}${providersPath}`)).toBe(200);
  expect(await get(`${sandbox.url.replace('127.0.0.1', 'localhost')}${providersPath}`)).toBe(200);
});

test('a port that is taken is a wrong setting', async () => {
  const { url } = await startSandbox();
  const port = Number(new URL(url).port);
  await expect(createSandbox({ port })).rejects.toMatchObject({
    exitCode: 2,
    message: `The sandbox cannot listen on 127.0.0.1 port ${port}: another program listens there (EADDRINUSE).`,
  });
});

test.each([-1, 65_536, 1.5])('port %d is refused', async (port) => {
  await expect(createSandbox({ port })).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
});

test('a key that no header can carry is refused without being shown', async () => {
  const apiKey = 'line\nbreak';
  await expect(createSandbox({ apiKey })).rejects.toThrow(/^(?!.*break)/);
});

test('requests are logged without keys and bodies', async () => {
  const sandbox = await startSandbox();
  await call(sandbox, 'POST', providersPath, { name: 'secret name', custom_template: 'application' });
  await call(sandbox, 'GET', `${providersPath}?page_size=5`);
  expect(sandbox.requests()).toEqual([
    { at: expect.any(String), method: 'POST', path: providersPath, status: 200, fault: undefined },
    { at: expect.any(String), method: 'GET', path: `${providersPath}?page_size=5`, status: 200, fault: undefined },
  ]);
  expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.apiKey);
});

test('a fault of the validator is answered as 500, without its message', async () => {
  const sandbox = await startSandbox({
    validate: () => {
      throw new UnreachableError('unreachable', 'secret detail');
    },
  });
  const provider = await call(sandbox, 'POST', providersPath, { name: 'A', custom_template: 'application' });
  const dataSources = `${providersPath}/${provider.body.value.id}/datasources`;
  const source = await call(sandbox, 'POST', dataSources, { name: 'a' });
  const answer = await call(sandbox, 'POST', `${dataSources}/${source.body.value.id}:push`, { json_data: '{}' });
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('secret detail');
});

test('after close nothing listens any more', async () => {
  const sandbox = await createSandbox();
  await sandbox.close();
  await expect(fetch(sandbox.url)).rejects.toThrow();
});
