import { expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const request = (chunks: readonly (string | Uint8Array)[], headers: Record<string, string> = {}) => {
  const state = { taken: 0, ended: false };
  async function* body() {
    try {
      for (const chunk of chunks) {
        state.taken++;
        yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      }
    } finally {
      state.ended = true;
    }
  }
  return { state, request: { method: 'POST', url: '/Users', headers, body: body() } };
};

test('the pieces of a body are put together, also within a character', async () => {
  const bytes = Buffer.from('{"a":"é€"}');
  const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
  expect(await readBody(request(pieces).request, bytes.byteLength)).toBe('{"a":"é€"}');
});

test('a byte order mark is no part of the text', async () => {
  expect(await readBody(request([Uint8Array.of(0xef, 0xbb, 0xbf), '{}']).request, 10)).toBe('{}');
});

test('more than the limit is answered 413 that names it, and nothing further is read', async () => {
  const { request: large, state } = request(['12345', '67890', 'more', 'more']);
  await expect(readBody(large, 9)).rejects.toMatchObject({ status: 413, detail: expect.stringContaining('9 bytes') });
  // The stream is left open: ending it would end the connection that the answer goes out on.
  expect(state).toEqual({ taken: 2, ended: false });
});

test('a body that is announced as too large is not read at all', async () => {
  const { request: large, state } = request(['1'], { 'content-length': '10' });
  await expect(readBody(large, 9)).rejects.toMatchObject({ status: 413 });
  expect(state.taken).toBe(0);
});

test.each([
  ['no body', []],
  ['an empty body', ['']],
  ['what is no UTF-8', [Uint8Array.of(0x22, 0xff, 0x22)]],
  ['a character cut short', [Uint8Array.of(0x22, 0xe2, 0x82)]],
])('#4 %s is answered 400 invalidSyntax', async (_name, chunks) => {
  await expect(readBody(request(chunks).request, 100)).rejects.toMatchObject({
    status: 400,
    scimType: 'invalidSyntax',
  });
});

test('a request without a stream has no body', async () => {
  await expect(readBody({ method: 'POST', url: '/Users', headers: {} }, 9)).rejects.toMatchObject({ status: 400 });
});
