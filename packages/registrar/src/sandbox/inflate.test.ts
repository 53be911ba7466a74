import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflate } from './inflate.ts';

test('a document up to the cap comes out', async () => {
  expect(await inflate(gzipSync('x'.repeat(1_000)), 1_000)).toEqual({ bytes: Buffer.from('x'.repeat(1_000)) });
});

test('a bomb stops at the cap', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  expect(await inflate(bomb, 10_000)).toEqual({ problem: 'too-large' });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['garbage', Buffer.from('this is not gzip')],
  ['a cut-off document', gzipSync('x'.repeat(1_000)).subarray(0, 15)],
])('%s is not gzip', async (_what, bytes) => {
  expect(await inflate(bytes, 10_000)).toEqual({ problem: 'not-gzip' });
});
