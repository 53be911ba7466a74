import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '@oaa-kit/oaa';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeHandler } from './node-handler.ts';
import { type EchoService, echoService } from './test-echo-service.ts';
import { mountLaws } from './test-mount-laws.ts';

async function listening(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const telling = (errors: unknown[]) => (error: unknown) => errors.push(error);

describe('in a plain server, at its top', () => {
  mountLaws((service, errors) => listening(createServer(nodeHandler(service, { onError: telling(errors) }))));
});

describe('in a plain server, below a path', () => {
  mountLaws(async (service, errors) => {
    const handler = nodeHandler(service, { mountPath: '/a/scim/', onError: telling(errors) });
    const { url, close } = await listening(createServer(handler));
    return { url: `${url}/a/scim`, close };
  });

  test('what is beside the path is answered 404 with a SCIM error', async () => {
    const { url, close } = await listening(createServer(nodeHandler(echoService(), { mountPath: '/scim' })));
    onTestFinished(close);
    for (const path of ['/', '/scimitar', '/Scim/Users']) {
      const response = await fetch(`${url}${path}`);
      expect([response.status, ((await response.json()) as { status: string }).status]).toEqual([404, '404']);
    }
  });
});

test.each(['scim', '/a b', '/a//b'])('%j is no mount path', (mountPath) => {
  expect(() => nodeHandler(echoService(), { mountPath })).toThrow(UsageError);
});

describe('in express', () => {
  const inExpress = async (service: EchoService, errors: unknown[], mountPath?: string) => {
    const app = express();
    app.use('/a/scim', nodeHandler(service, { mountPath, onError: telling(errors) }));
    const { url, close } = await listening(createServer(app));
    return { url: `${url}/a/scim`, close };
  };
  mountLaws((service, errors) => inExpress(service, errors));

  test('the whole mount path may be named as well', async () => {
    const { url, close } = await inExpress(echoService(), [], '/a/scim');
    onTestFinished(close);
    expect(await (await fetch(`${url}/Users?a=b`)).json()).toMatchObject({ url: '/Users?a=b' });
  });

  test('what is beside a named mount path goes on to the rest of the application', async () => {
    const app = express();
    app.use(nodeHandler(echoService(), { mountPath: '/scim' }));
    app.get('/hello', (_request, response) => void response.send('hello'));
    const { url, close } = await listening(createServer(app));
    onTestFinished(close);
    expect(await (await fetch(`${url}/hello`)).text()).toBe('hello');
    expect(await (await fetch(`${url}/scim/Users`)).json()).toMatchObject({ url: '/Users' });
  });

  test('a parser that has read the body before is named, instead of a change made of what it left', async () => {
    const app = express();
    const errors: unknown[] = [];
    app.use(express.json({ type: () => true }));
    app.use('/scim', nodeHandler(echoService(), { onError: telling(errors) }));
    const { url, close } = await listening(createServer(app));
    onTestFinished(close);
    const response = await fetch(`${url}/scim/Users`, { method: 'POST', body: '{"a":1}' });
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('express.json()')]);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('express.json()') })]);
    expect((await fetch(`${url}/scim/Users`)).status).toBe(200);
  });
});
