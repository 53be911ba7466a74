import { expect, test } from 'vitest';
import { compileNumber } from './compile-number.ts';
import { evaluate } from './test-values.ts';

const read = (cell: unknown, json = false) => evaluate(compileNumber, 'a', { a: cell }, { json });

test.each([
  ['5', 5],
  ['-1.50', -1.5],
  ['+.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['0005', 5],
  ['', undefined],
])('%j is %j', (cell, expected) => expect(read(cell)).toBe(expected));

test.each(['x', '1,5', '0x10', '0b1', '1_000', '.', '-', 'Infinity', 'NaN', '1e999', '1 000'])(
  '%j is no number',
  (cell) => {
    expect(read(cell)).toBe(`fault: ${JSON.stringify(cell)} is not a number.`);
  },
);

test('a number that would lose digits is refused', () => {
  expect(read('9007199254740993')).toBe('fault: "9007199254740993" has more digits than a number holds.');
});

test('JSON numbers are numbers, true is none', () => {
  expect(read(1.25, true)).toBe(1.25);
  expect(read(true, true)).toBe('fault: "true" is not a number.');
});
