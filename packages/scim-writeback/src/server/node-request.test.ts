import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readNodeRequest } from './node-request.ts';

function incoming(headers: Readonly<Record<string, string | readonly string[]>>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return request;
}

test('headers are texts, also beside the one of which Node makes a list', () => {
  expect(readNodeRequest(incoming({ host: 'a', accept: 'b' }), '/').headers).toEqual({ host: 'a', accept: 'b' });
  const request = incoming({ host: 'a', 'set-cookie': ['b', 'c'] });
  expect(readNodeRequest(request, '/').headers).toEqual({ host: 'a' });
});

test('of two credentials neither is taken', () => {
  const request = incoming({ host: 'a', authorization: 'Bearer one' });
  request.rawHeaders = ['Host', 'a', 'Authorization', 'Bearer one', 'authorization', 'Bearer two'];
  expect(readNodeRequest(request, '/').headers.authorization).not.toContain('Bearer');
});

test.each([
  [{}, false],
  [{ 'content-length': '0' }, false],
  [{ 'content-length': '1' }, true],
  [{ 'transfer-encoding': 'chunked' }, true],
])('%j says whether there is a body', (headers, expected) => {
  expect(readNodeRequest(incoming(headers), '/').body !== undefined).toBe(expected);
});
