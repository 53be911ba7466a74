import { describe, expect, test } from 'vitest';
import { GuardError } from '../errors/index.ts';
import { type Baseline, decodeBaseline, encodeBaseline } from './baseline.ts';

const baseline: Baseline = {
  tenant: 'https://example.vezacloud.com',
  provider: 'Shop',
  dataSource: 'shop.test',
  writtenAt: '2026-11-22T04:05:06.789Z',
  salt: '00112233445566778899aabbccddeeff',
  hashes: new Map([
    ['users', BigUint64Array.from([1n, 2n ** 63n])],
    ['groups', new BigUint64Array()],
    ['grants', BigUint64Array.from([7n])],
  ]),
};
const written = () => Buffer.concat([...encodeBaseline(baseline)]);

/** The file with another first line. */
function withHeader(change: (header: Record<string, unknown>) => unknown): Buffer {
  const bytes = written();
  const end = bytes.indexOf('\n');
  const header = JSON.stringify(change(JSON.parse(bytes.subarray(0, end).toString())));
  return Buffer.concat([Buffer.from(`${header}\n`), bytes.subarray(end + 1)]);
}

function refusal(bytes: Uint8Array): GuardError {
  try {
    decodeBaseline(bytes, 'x.baseline');
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

test('what is written is read again, wherever it lies in memory', () => {
  expect(decodeBaseline(written(), 'x.baseline')).toEqual(baseline);
  const moved = Buffer.concat([Buffer.from('abc'), written()]).subarray(3);
  expect(decodeBaseline(moved, 'x.baseline')).toEqual(baseline);
});

test('the first line is for people, and 8 bytes stand for a fact', () => {
  const bytes = written();
  const end = bytes.indexOf('\n');
  expect(JSON.parse(bytes.subarray(0, end).toString())).toMatchObject({
    format: 'oaa-kit removal baseline',
    version: 1,
    provider: 'Shop',
    dataSource: 'shop.test',
    kinds: [
      ['users', 2],
      ['groups', 0],
      ['grants', 1],
    ],
  });
  expect(bytes.length - end - 1).toBe(24);
});

describe('a file that cannot be used is an error that says what to do', () => {
  const flipped = written();
  flipped[flipped.length - 1] = 1;
  test.each([
    ['nothing in it', Buffer.alloc(0), 'is damaged: its first line has no end'],
    ['another thing', Buffer.from('hello\n'), 'is damaged: its first line is not JSON'],
    ['a JSON file', Buffer.from('{}\n'), 'is damaged: its first line is not that of such a record'],
    ['a piece of it', written().subarray(0, -1), 'is damaged: it should have'],
    ['one bit more', flipped, 'is damaged: its check sum does not fit'],
    ['a count too large', withHeader((header) => ({ ...header, kinds: [['users', 2 ** 40]] })), 'it should have'],
    ['a newer version', withHeader(() => ({ format: 'oaa-kit removal baseline', version: 2 })), 'has format version 2'],
  ])('%s', (_title, bytes, says) => {
    const error = refusal(bytes);
    expect(error).toMatchObject({ code: 'baseline-invalid', exitCode: 8 });
    expect(error.message).toContain(`x.baseline, ${says.startsWith('it should') ? 'is damaged: ' : ''}${says}`);
    expect(error.hint).toContain('delete the file and push once with --first-push');
  });
});
