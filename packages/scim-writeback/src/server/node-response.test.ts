import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { scimRefusal, writeNodeResponse } from './node-response.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a client that went away in the middle of its body is not waited for', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  const closed = once(response, 'close');
  request.on('error', () => undefined);
  socket.destroy();
  await closed;
  // No timer ends from here on: what waits for one does not come to its end.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  await writeNodeResponse(request, response, scimRefusal(400, 'The body broke off.'));
  expect(vi.getTimerCount()).toBe(0);
});
