import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indentedJson } from './indented-json.ts';

const textOf = (value: unknown) => Array.from(indentedJson(value)).join('');

test('the text is that of JSON.stringify with an indentation of 2', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => textOf(value) === JSON.stringify(value, null, 2)));
});

test('a large document comes in pieces and reads the same', () => {
  const value = { empty: {}, list: Array.from({ length: 3_000 }, (_, id) => ({ id, tags: ['a\nb'], none: [] })) };
  const pieces = Array.from(indentedJson(value));
  expect(pieces.length).toBeGreaterThan(3_000);
  expect(pieces.join('')).toBe(JSON.stringify(value, null, 2));
});
