import { describe, expect, test } from 'vitest';
import type { ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from './same-value.ts';

describe('values are the same', () => {
  test.each<[ScimValue | undefined, ScimValue | undefined, boolean]>([
    ['a', 'a', true],
    ['a', 'A', false],
    [1, '1', false],
    [undefined, undefined, true],
    [undefined, 'a', false],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
    [['a'], ['a', 'b'], false],
    [{ a: '1', b: '2' }, { b: '2', a: '1' }, true],
    [{ a: '1' }, { a: '1', b: '2' }, false],
    [{ a: '1' }, { b: '1' }, false],
    [{ a: ['1'] }, { a: ['1'] }, true],
    [[{ a: '1' }], [{ a: '2' }], false],
    [{}, [], false],
  ])('%j and %j: %s', (left, right, expected) => {
    expect(sameValue(left, right)).toBe(expected);
    expect(sameValue(right, left)).toBe(expected);
  });
});

test('what all objects share is not a part of a value', () => {
  expect(sameValue({ toString: 'a' }, { valueOf: 'a' })).toBe(false);
});
