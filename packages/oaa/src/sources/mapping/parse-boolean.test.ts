import { describe, expect, test } from 'vitest';
import { compileBooleanParser } from './parse-boolean.ts';

describe('a boolean', () => {
  const parse = compileBooleanParser();

  test.each(['true', 't', 'yes', 'y', '1', 'active', 'enabled', ' TRUE ', 'Active', 1, true])('%j is true', (value) => {
    expect(parse(value)).toBe(true);
  });

  test.each(['false', 'f', 'no', 'n', '0', 'inactive', 'disabled', 'No', 0, false])('%j is false', (value) => {
    expect(parse(value)).toBe(false);
  });

  test.each(['', 'maybe', '2', 'truee', 2, null, undefined, {}, [], ['true'], Number.NaN, 'constructor'])(
    '%j is neither',
    (value) => {
      expect(parse(value)).toBeUndefined();
    },
  );

  test('may have words of its own, instead of those of one side or both', () => {
    const german = compileBooleanParser(['Ja'], ['Nein']);
    expect(['ja', 'NEIN', 'yes', 'no', true].map(german)).toStrictEqual([true, false, undefined, undefined, true]);
    const half = compileBooleanParser(['current']);
    expect(['current', 'yes', 'no'].map(half)).toStrictEqual([true, undefined, false]);
    expect(['disabled', 'no'].map(compileBooleanParser(['disabled']))).toStrictEqual([true, false]);
    expect(['active', 'yes'].map(compileBooleanParser(undefined, ['active']))).toStrictEqual([false, true]);
  });

  test('cannot have a word for both', () => {
    expect(() => compileBooleanParser(['x'], [' X '])).toThrow('The word " X " means both true and false.');
  });
});
