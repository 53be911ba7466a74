import { expect, test } from 'vitest';
import { booleanForm } from './boolean-form.ts';

const active = { wide: true, inverted: false };

test('words that the mapping knows by itself need no list', () => {
  expect(booleanForm(['true', 'false'], false, active)).toEqual({});
  expect(booleanForm(['1', '0'], true, active)).toEqual({});
});

test('other words are listed as they are written', () => {
  expect(booleanForm(['Ja', 'Nein'], false, active)).toEqual({ true: ['Ja'], false: ['Nein'] });
  expect(booleanForm(['HIRED', 'TERMINATED'], false, active)).toEqual({ true: ['HIRED'], false: ['TERMINATED'] });
});

test('a mark that stands or does not stand', () => {
  expect(booleanForm(['x'], true, active)).toEqual({ true: ['x'], default: false });
});

test('a column that says the opposite is turned round, with the words that are not in the sample', () => {
  const inverted = { wide: false, inverted: true };
  expect(booleanForm(['ja', 'nein'], false, inverted)).toEqual({
    true: ['false', 'f', 'no', 'n', '0', 'nein'],
    false: ['true', 't', 'yes', 'y', '1', 'ja'],
  });
  expect(booleanForm(['x'], true, inverted)).toEqual({ false: ['x'], default: true });
  expect(booleanForm(['gesperrt'], false, inverted)).toBeUndefined();
});

test.each([[['HIRED', 'LEAVE']], [['a', 'b']], [[]]])('%j tell nothing', (distinct) => {
  expect(booleanForm(distinct, false, active)).toBeUndefined();
});

test('words for being active are no truth in other columns', () => {
  expect(booleanForm(['hired', 'left'], false, { wide: false, inverted: false })).toBeUndefined();
});
