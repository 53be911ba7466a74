import { expect, test } from 'vitest';
import { showValue } from './show-value.ts';

test.each([
  ['a "b"', '"a \\"b\\""'],
  ['x'.repeat(61), `"${'x'.repeat(57)}..."`],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [null, 'null'],
  [undefined, 'undefined'],
  [1n, '1'],
  [['x'], 'a list'],
  [{ x: 1 }, 'an object'],
])('messages show %o as %s', (value, shown) => {
  expect(showValue(value)).toBe(shown);
});
