import { expect, test } from 'vitest';
import { framedBody } from './framed-body.ts';

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');

function written(
  content: string,
  contentBytes: number,
  after?: Record<string, string>,
): { text: string; size: number } {
  const body = framedBody({ before: { id: 'p1' }, key: 'data', after }, contentBytes, () => [text(content)]);
  return { text: Buffer.concat([...(body.open() as Iterable<Uint8Array>)]).toString('utf8'), size: body.byteLength };
}

test('frames one large string, and knows the size beforehand', () => {
  expect(written('abc', 3)).toEqual({ text: '{"id":"p1","data":"abc"}', size: 24 });
  expect(written('é', 2, { compression_type: 'GZIP' })).toEqual({
    text: '{"id":"p1","data":"é","compression_type":"GZIP"}',
    size: 49,
  });
});

test.each([
  ['longer', 'abcd'],
  ['shorter', 'ab'],
])('a content that has become %s is not sent as if it were whole', (_, content) => {
  expect(() => written(content, 3)).toThrow('The payload changed while it was being pushed.');
});
