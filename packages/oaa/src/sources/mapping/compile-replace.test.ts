import { expect, test } from 'vitest';
import { compileText, compileTexts } from './compile-text.ts';
import { evaluate } from './test-values.ts';

const tables = { countries: { de: 'Germany', fr: '' } };
const lookup = (cell: string, unknown: 'error' | 'warning' | 'keep' | 'empty', more: object = {}) =>
  evaluate(compileText, { column: 'c', lookup: { table: 'countries', unknown }, ...more }, { c: cell }, { tables });

test('a lookup takes the entry of a table, whatever the case of the key', () => {
  expect(lookup(' DE ', 'error')).toBe('Germany');
});

test('an entry that is empty gives no value, and an empty cell is not looked up', () => {
  expect(lookup('fr', 'error')).toBeUndefined();
  expect(lookup('', 'error')).toBeUndefined();
  expect(lookup('', 'error', { default: 'none' })).toBe('none');
});

test('a key that the table does not have is an error, kept, emptied, or left out with a warning', () => {
  expect(lookup('xx', 'error')).toBe('fault: The table "countries" has no entry for "xx".');
  expect(lookup('xx', 'keep')).toBe('xx');
  expect(lookup('xx', 'empty')).toBeUndefined();
  expect(lookup('xx', 'empty', { default: 'none' })).toBe('none');
  expect(lookup('xx', 'warning')).toEqual([undefined, 'warning: c: The table "countries" has no entry for "xx".']);
});

test('keys that all objects have are no entries', () => {
  expect(lookup('constructor', 'keep')).toBe('constructor');
  expect(lookup('__proto__', 'keep')).toBe('__proto__');
});

test('the inline map comes before the table', () => {
  expect(lookup('uk', 'error', { map: { UK: 'Britain' } })).toBe('Britain');
  expect(lookup('de', 'error', { map: { UK: 'Britain' } })).toBe('Germany');
});

test('each item of a list is looked up', () => {
  const spec = { column: 'c', list: true, lookup: { table: 'countries', unknown: 'keep' } } as const;
  expect(evaluate(compileTexts, spec, { c: 'de,xx,fr' }, { tables })).toEqual(['Germany', 'xx']);
});

test('an unknown table is a problem of the mapping, with the nearest name', () => {
  const spec = { column: 'c', lookup: { table: 'contries', unknown: 'error' } } as const;
  expect(evaluate(compileText, spec, { c: 'x' }, { tables })).toEqual([
    'There is no table "contries". Did you mean "countries"?',
  ]);
});
