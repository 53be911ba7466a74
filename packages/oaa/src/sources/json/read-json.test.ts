import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../errors/errors.ts';
import { rowsAndFailure, rowsOf, textStream } from '../test-rows.ts';
import { readJson } from './read-json.ts';

const rows = (text: string, pointer?: string) => rowsOf(readJson(textStream(text), 'users.json', pointer));

describe('rows', () => {
  test('are the elements of the array, with their numbers', async () => {
    const source = readJson(textStream('\uFEFF [ {"id": 1, "a": {"b": [true, null]}},\n {} ] \n'), 'x.json');
    expect([source.unit, source.columns, source.file]).toStrictEqual(['element', undefined, 'x.json']);
    expect(await rowsOf(source)).toStrictEqual([
      [1, { id: 1, a: { b: [true, null] } }],
      [2, {}],
    ]);
  });

  test.each([
    ['/data/users', '{"meta": {"users": [{"id": 0}]}, "data": {"x": [[{}]], "users": [{"id": 1}]}, "users": 5}'],
    ['/a~1b/m~0n', '{"a/b": {"m~n": [{"id": 1}]}}'],
    ['/1/0', '[[0], [[{"id": 1}], {"id": 2}]]'],
    ['/', '{"": [{"id": 1}]}'],
    ['/a.b/*', '{"a": {"b": []}, "a.b": {"*": [{"id": 1}]}}'],
    ['/__proto__', '{"__proto__": [{"id": 1}]}'],
    ['/u', '{"u": [{"id": 1}], "u": [{"id": 2}]}'],
  ])('are found at %s', async (pointer, text) => {
    expect(await rows(text, pointer)).toStrictEqual([[1, { id: 1 }]]);
  });

  test('may be none', async () => {
    expect(await rows('[]')).toStrictEqual([]);
  });

  test('that are no objects have a fault', async () => {
    expect(await rows('["x", 1, null, [1], true, {}]')).toStrictEqual([
      [1, {}, 'The row is a text; rows are objects.'],
      [2, {}, 'The row is a number; rows are objects.'],
      [3, {}, 'The row is null; rows are objects.'],
      [4, {}, 'The row is an array; rows are objects.'],
      [5, {}, 'The row is true or false; rows are objects.'],
      [6, {}],
    ]);
  });

  test('have the last of doubled keys, and own keys of any name', async () => {
    const [row] = await rows('[{"a": 1, "a": 2, "__proto__": {"polluted": 1}, "constructor": 3}]');
    expect(JSON.stringify(row)).toBe('[1,{"a":2,"__proto__":{"polluted":1},"constructor":3}]');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('are the same in chunks of one byte', async () => {
    const text = '\uFEFF{"u": [{"n": "Zoë 😀 \\ud83d\\ude00 \\"x\\"", "v": [-1.5e3, 0]}, {"n": "名"}], "w": 12}';
    expect(await rowsOf(readJson(textStream(text, 1), 'x.json', '/u'))).toStrictEqual([
      [1, { n: 'Zoë 😀 😀 "x"', v: [-1500, 0] }],
      [2, { n: '名' }],
    ]);
  });
});

describe('a failure ends the reading, after the rows before it:', () => {
  test.each([
    ['a comma too many', '[\n{"a": 1},\n]', undefined, 1, 'x.json:3:1: The file is not JSON here: unexpected "]".'],
    [
      'a missing comma',
      '[{"ä": "é😀"} {"b": 1}]',
      undefined,
      1,
      'x.json:1:15: The file is not JSON here: unexpected "{".',
    ],
    [
      'a single quote',
      '[{"a": 1},\n  {"ä": \'x\'}]',
      undefined,
      1,
      'x.json:2:9: The file is not JSON here: unexpected "\'".',
    ],
    ['a missing colon', '[{"a" 1}]', undefined, 0, 'x.json:1:7: The file is not JSON here: unexpected "1".'],
    ['a cut', '[{"a": 1},\n{"a": 2', undefined, 1, 'x.json:2:8: The file ends before its brackets are closed.'],
    ['a cut text', '[{"a": 1},\n{"a": "x', undefined, 1, 'x.json:2:9: The file ends in the middle of a value.'],
    ['a cut envelope', '{"u": [{}]', '/u', 1, 'x.json:1:11: The file ends before its brackets are closed.'],
    ['a cut array', '[', undefined, 0, 'x.json:1:2: The file ends before its brackets are closed.'],
    ['something behind', '[{}] x', undefined, 1, 'x.json:1:6: The file is not JSON here: unexpected "x".'],
    ['nothing', ' \n', undefined, 0, 'x.json:2:1: The file is empty.'],
    [
      'a line of NDJSON behind an array',
      '[{}]\n[{}]',
      undefined,
      1,
      'x.json:2:1: The file is not JSON here: unexpected "[".',
    ],
    [
      'an object',
      '{"n": 1, "users": []}',
      undefined,
      0,
      'x.json: At the root there is an object with the keys n, users; rows are the elements of an array.',
    ],
    ['a text', '{"u": "x"}', '/u', 0, 'x.json: At "/u" there is a text; rows are the elements of an array.'],
    [
      'a pointer to nothing',
      '{"data": {"users": [], "n": 1}}',
      '/data/usres',
      0,
      'x.json: There is nothing at the pointer "/data/usres": at "/data" there is an object with the keys users, n. Did you mean "users"?',
    ],
    [
      'a pointer through a text',
      '{"data": "x"}',
      '/data/users',
      0,
      'x.json: There is nothing at the pointer "/data/users": at "/data" there is a text.',
    ],
    [
      'a deep element',
      `[{}, ${'['.repeat(65)}${']'.repeat(65)}]`,
      undefined,
      1,
      'x.json:2: Element 2 is nested deeper than 64 levels.',
    ],
    ['a deep envelope', `{"a": ${'['.repeat(100_000)}`, '/b', 0, 'x.json: The file is nested deeper than 64 levels.'],
  ])('%s', async (_, text, pointer, count, message) => {
    for (const size of [1, 1_000_000]) {
      const bytes = textStream(text, size);
      const [before, error] = await rowsAndFailure(readJson(bytes, 'x.json', pointer));
      expect(error).toBeInstanceOf(InputError);
      expect([(error as InputError).message, before.length, bytes.destroyed]).toStrictEqual([message, count, true]);
    }
  });

  test.each([
    ['element', `[{}, {"a": "${'x'.repeat(5_000_000)}"}]`, 'x.json:2: Element 2 is longer than 4,194,304 bytes.'],
    ['text before it', `{"a": "${'x'.repeat(5_000_000)}"}`, 'x.json:1: A value is longer than 4,194,304 bytes.'],
  ])('a %s of more than 4 MiB', async (_, text, message) => {
    const [, error] = await rowsAndFailure(readJson(textStream(text, 65_536), 'x.json', text[0] === '[' ? '' : '/b'));
    expect((error as InputError).message).toBe(message);
  });

  test('the message says where an array is', async () => {
    const [, error] = await rowsAndFailure(readJson(textStream('{"n": 1, "a b": {}, "us/ers": []}'), 'x.json'));
    expect((error as InputError).hint).toBe('Name the array in the mapping: pointer: /us~1ers.');
  });
});

test.each(['users', '/a~2', '/~'])('%j is no pointer', (pointer) => {
  expect(() => readJson(textStream('[]'), 'x.json', pointer)).toThrow(`x.json: "${pointer}" is not a JSON pointer.`);
});

describe('reading', () => {
  test('asks for no more text than the rows that are taken need', async () => {
    const rowsInChunk = 640;
    const chunk = Buffer.from(`,{"a":"${'x'.repeat(91)}"}`.repeat(rowsInChunk));
    let produced = 0;
    let taken = 0;
    async function* text() {
      yield Buffer.from('[{}');
      for (let count = 0; count < 100; count += 1) {
        produced += rowsInChunk;
        expect(produced - taken).toBeLessThanOrEqual(4 * rowsInChunk);
        yield chunk;
      }
      yield Buffer.from(']');
    }
    for await (const batch of readJson(Readable.from(text()), 'x.json').batches()) taken += batch.length;
    expect(taken).toBe(100 * rowsInChunk + 1);
  });

  test('ends with the loop, or by closing, and closes the stream', async () => {
    const bytes = textStream('[{},{},{}]', 2);
    for await (const _ of readJson(bytes, 'x.json').batches()) break;
    expect(bytes.destroyed).toBe(true);
    const unread = textStream('[]');
    readJson(unread, 'x.json').close();
    expect(unread.destroyed).toBe(true);
  });
});
