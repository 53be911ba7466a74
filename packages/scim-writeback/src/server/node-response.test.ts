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

test('others have their turn between the pieces of an answer, however fast its client is', async () => {
  let turns = 0;
  const turn = (): void => {
    turns += 1;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  let now = 0;
  // Whatever is done takes a turn.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  const turnsAt: number[] = [];
  async function* pieces() {
    while (turnsAt.length < 20) {
      turnsAt.push(turns);
      yield `${turnsAt.length} `;
    }
  }
  const server = createServer((request, response) => {
    void writeNodeResponse(request, response, { status: 200, headers: {}, body: pieces() });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    clock.mockRestore();
    clearImmediate(next);
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect((await answer.text()).trim().split(' ')).toHaveLength(20);
  expect(new Set(turnsAt).size).toBe(20);
});
