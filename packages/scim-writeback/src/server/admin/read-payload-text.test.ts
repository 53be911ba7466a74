import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readPayloadText } from './read-payload-text.ts';

function* endless(chunk: Uint8Array): Generator<Uint8Array> {
  for (;;) yield chunk;
}

const zeros = Buffer.alloc(65_536);

/** A request with this body, sent in chunks as they come. */
const requestOf = (body: AsyncIterable<Uint8Array>, encoding?: string) => ({
  method: 'POST',
  url: '/bases',
  headers: { 'content-type': 'application/json; charset=utf-8', 'content-encoding': encoding },
  body,
});

describe('reading a payload', () => {
  test.each([
    ['a body', Readable.from(endless(zeros)), undefined],
    ['gzip that unpacks without end', Readable.from(endless(zeros)).pipe(createGzip()), 'gzip'],
    ['gzip that unpacks to nothing, without end', Readable.from(endless(gzipSync(''))), 'gzip'],
  ])('ends at the bound, of %s', async (_what, body, encoding) => {
    await expect(readPayloadText(requestOf(body, encoding), 1_000_000)).rejects.toMatchObject({
      code: 'payload-too-large',
      message: 'The payload may have 1000000 bytes at most, unpacked.',
    });
    body.destroy();
  });

  test('refuses what is announced to be larger than the bound', async () => {
    const request = requestOf(Readable.from([]), undefined);
    const headers = { ...request.headers, 'content-length': '11' };
    await expect(readPayloadText({ ...request, headers }, 10)).rejects.toMatchObject({ code: 'payload-too-large' });
  });

  test('characters that are cut between pieces are whole, and exactly the bound may come', async () => {
    const bytes = Buffer.from('"\u00fc\u{1f600}"');
    const pieces = Readable.from([...bytes].map((byte) => Uint8Array.of(byte)));
    expect(await readPayloadText(requestOf(pieces), bytes.length)).toBe('"\u00fc\u{1f600}"');
  });
});
