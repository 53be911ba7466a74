import { expect, test } from 'vitest';
import { excerptAt, positionsAt } from './text-position.ts';

test('rows and columns count from 1', () => {
  expect(positionsAt('ab\ncd\n\nx', [0, 2, 3, 7])).toEqual([
    { row: 1, column: 1 },
    { row: 1, column: 3 },
    { row: 2, column: 1 },
    { row: 4, column: 1 },
  ]);
});

test('an excerpt is one line with a mark below the place', () => {
  expect(excerptAt('one\n  "two" "three"\nfour', 12)).toBe('  "two" "three"\n        ^');
});

test('a long line is cut on both sides', () => {
  const text = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
  expect(excerptAt(text, 500, 3)).toBe('...aaaXbb\n      ^');
});

test('control characters in an excerpt are shown as escapes', () => {
  expect(excerptAt('\u001b[2J}', 4)).toBe('\\u001b[2J}\n         ^');
});
