import { expect, test } from 'vitest';
import { compileBoolean } from './compile-boolean.ts';
import { evaluate } from './test-values.ts';

const read = (cell: unknown, more: object = {}, json = false) =>
  evaluate(compileBoolean, { column: 'a', ...more }, { a: cell }, { json });

test.each([
  ['Yes', true],
  ['0', false],
  ['', undefined],
  [' active ', true],
])('%j is %j', (cell, expected) => expect(read(cell)).toBe(expected));

test('other words are refused, never false', () => {
  expect(read('maybe')).toBe('fault: "maybe" is neither true nor false.');
});

test('own words stand instead of the known ones', () => {
  const own = { true: ['ja'], false: ['nein', 'Ende'] };
  expect([read('JA', own), read('ende', own)]).toEqual([true, false]);
  expect(read('true', own)).toBe('fault: "true" is neither true nor false.');
});

test('what JSON calls true or false is that, whatever the words', () => {
  expect([read(true, {}, true), read(false, { true: ['ja'], false: ['nein'] }, true)]).toEqual([true, false]);
});

test('a word for both is a problem of the mapping', () => {
  expect(read('x', { true: ['x', 'y'], false: [' X '] })).toEqual(['The word " X " means both true and false.']);
});

test('a default is read like a cell', () => {
  expect(read('', { default: 'no' })).toBe(false);
  expect(read('', { default: true })).toBe(true);
});
