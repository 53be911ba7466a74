import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { limits } from './limits.ts';
import { isStreaming, jsonChunks, mapped, StreamedList } from './serialise.ts';

function written(value: unknown): string {
  return Array.from(jsonChunks({ value })).join('');
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

/** Any JSON, and what JSON.stringify drops or writes as null; some of it larger than one piece. */
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.jsonValue(),
    fc.constantFrom(undefined, Number.NaN, Number.NEGATIVE_INFINITY, -0, () => 1, Symbol('s'), new Date(0)),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 1, max: 150_000 }))
      .map(([text, length]) => text.repeat(Math.ceil(length / text.length))),
    fc.tuple(tie('value'), fc.integer({ min: 1, max: 3_000 })).map(([item, length]) => Array(length).fill(item)),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
  ),
})).value;

/** Bounds the text, so that one example does not take minutes. */
function size(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  let sum = 1;
  for (const item of Object.values(value)) {
    sum += size(item);
    if (sum > 1_000_000) return sum;
  }
  return sum;
}

describe('the chunks of a document', () => {
  test('joined are what JSON.stringify gives', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        fc.pre(size(value) <= 1_000_000);
        expect(written(value) === JSON.stringify({ value })).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, unknown]>([
    ['a list of a million numbers', Array.from({ length: 1_000_000 }, (_, index) => index)],
    [
      'an object of 100,000 keys',
      Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key ${index}`, 'x'])),
    ],
    ['a text of ten million characters', 'x'.repeat(10_000_000)],
    ['a long text of surrogate pairs at odd places', `x${'😀'.repeat(200_000)}`],
    ['a long text of halves of pairs', `${'\ud83d'.repeat(100_000)}\ude00`],
    ['a long text that must be escaped', '\u0000"\\'.repeat(100_000)],
    ['a long key', { ['k'.repeat(1_000_000)]: 1 }],
    ['a list with members that JSON does not have', [undefined, () => 1, Symbol('s'), ...Array(5_000).fill(undefined)]],
    [
      'an object with members that JSON does not have',
      { a: undefined, b: () => 1, c: Array(5_000).fill(1), d: undefined },
    ],
    ['an own __proto__', JSON.parse('{"__proto__": {"a": 1}, "b": 2}')],
  ])('are bounded and equal to JSON.stringify for %s', (_, value) => {
    const chunks = Array.from(jsonChunks({ value }));
    expect(chunks.join('') === JSON.stringify({ value })).toBe(true);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(500_000);
  });

  test('are few: about one for each 64 kB', () => {
    const chunks = Array.from(jsonChunks({ value: Array(100_000).fill({ id: 'x', groups: ['a', 'b'] }) }));
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    expect(chunks.length).toBeLessThanOrEqual(Math.ceil(length / 65_536));
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(2 * 65_536);
  });

  test('never split a surrogate pair', () => {
    for (const offset of [0, 1]) {
      for (const chunk of jsonChunks({ value: 'x'.repeat(offset) + '😀'.repeat(300_000) })) {
        expect(chunk.isWellFormed()).toBe(true);
      }
    }
  });

  test('are written down to the greatest depth and not below, whatever the size', () => {
    const deepest = nested(limits.jsonDepth - 1);
    expect(written(deepest)).toBe(JSON.stringify({ value: deepest }));
    const large = [nested(limits.jsonDepth - 2), Array(100_000).fill(1)];
    expect(written(large)).toBe(JSON.stringify({ value: large }));
    for (const value of [
      nested(limits.jsonDepth),
      [Array(100_000).fill(1), nested(limits.jsonDepth)],
      nested(100_000),
    ]) {
      expect(() => written(value)).toThrow(InputError);
    }
  });

  test('end with an error, not with an overflow, for a value that contains itself', () => {
    const value: unknown[] = [];
    value.push(value, value);
    expect(() => written(value)).toThrow(InputError);
  });

  test('make the items of a streamed list while they are written', () => {
    let made = 0;
    const list = new StreamedList(() =>
      mapped(Array(100_000).keys(), (number) => {
        made += 1;
        return { number };
      }),
    );
    const chunks = jsonChunks({ list, end: new StreamedList(() => []) })[Symbol.iterator]();
    chunks.next();
    expect(made).toBeLessThan(10_000);
    expect(Array.from(jsonChunks({ list })).join('')).toBe(JSON.stringify({ list: [...list] }));
    expect(Array.from(jsonChunks({ list: new StreamedList(() => []) })).join('')).toBe('{"list":[]}');
  });

  test('come from the payload itself where it writes itself', () => {
    const payload = { jsonChunks: () => ['{', '}'] };
    expect(isStreaming(payload)).toBe(true);
    expect(isStreaming({ jsonChunks: 'text' })).toBe(false);
    expect(jsonChunks(payload)).toStrictEqual(['{', '}']);
  });
});
