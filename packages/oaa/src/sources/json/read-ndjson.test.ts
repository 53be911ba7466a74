import { describe, expect, test } from 'vitest';
import { rowsOf, textStream } from '../test-rows.ts';
import { readNdjson } from './read-ndjson.ts';

const rows = (text: string, size?: number) => rowsOf(readNdjson(textStream(text, size), 'users.ndjson'));

describe('a row', () => {
  test('is the object of a line; blank lines are passed over', async () => {
    for (const size of [1, 1_000]) {
      expect(await rows('\uFEFF{"id": 1}\r\n\n  \r\n{"id": "😀"}\n{"a": {"b": []}}', size)).toStrictEqual([
        [1, { id: 1 }],
        [4, { id: '😀' }],
        [5, { a: { b: [] } }],
      ]);
    }
  });

  test('has a fault when its line is broken or no object, and the reading goes on', async () => {
    expect(await rows('{"id": 1\n[1]\n"x"\n{"id": }\n{"id": 5}\n')).toStrictEqual([
      [1, {}, 'The line is not JSON at column 9: expected "," or "}", found the end of the file.'],
      [2, {}, 'The row is an array; rows are objects.'],
      [3, {}, 'The row is a text; rows are objects.'],
      [4, {}, 'The line is not JSON at column 8: a value is missing before "}" (a comma too many?).'],
      [5, { id: 5 }],
    ]);
  });

  test('has a fault when it is too long or too deep', async () => {
    const deep = `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const ofDepth = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const text = `{"a": "${'x'.repeat(10_000_000)}"}\n${deep}\n${ofDepth(65)}\n${ofDepth(64)}\n`;
    const [tooLong, tooDeep, deeper, deepest] = await rows(text, 65_536);
    expect([tooLong, tooDeep, deeper]).toStrictEqual([
      [1, {}, 'The line is longer than 4,194,304 bytes.'],
      [2, {}, 'The row is nested deeper than 64 levels.'],
      [3, {}, 'The row is nested deeper than 64 levels.'],
    ]);
    expect(deepest).toHaveLength(2);
  });
});

test('an empty file has no rows', async () => {
  expect(await rows('')).toStrictEqual([]);
  expect(await rows('\uFEFF')).toStrictEqual([]);
});

test('reading ends with the loop, and closes the stream', async () => {
  const bytes = textStream('{}\n{}\n{}\n', 3);
  const source = readNdjson(bytes, 'x.ndjson');
  expect([source.unit, source.columns]).toStrictEqual(['line', undefined]);
  for await (const _ of source.batches()) break;
  expect(bytes.destroyed).toBe(true);
});
