import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldCase } from './fold-case.ts';

describe('#38 strings that differ in case are one', () => {
  test.each([
    ['BJensen', 'bjensen'],
    ['ÉCOLE', 'e\u0301cole'],
    ['ΟΔΟΣ', 'οδος'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ЖУК', 'жук'],
    ['\u212Bngström', 'ÅNGSTRÖM'],
  ])('%s and %s', (left, right) => {
    expect(foldCase(left)).toBe(foldCase(right));
  });

  test.each([
    ['ı', 'i'],
    ['ß', 'ss'],
    ['a', 'á'],
  ])('but not %s and %s', (left, right) => {
    expect(foldCase(left)).not.toBe(foldCase(right));
  });

  test('whatever is added behind', () => {
    expect(foldCase('ΟΔΟΣ 7').startsWith(foldCase('ΟΔΟΣ'))).toBe(true);
  });

  test('and folding twice is folding once', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(fc.property(texts, (text) => foldCase(foldCase(text)) === foldCase(text)));
  });

  test('a text of ASCII characters is folded as any other', () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.constantFrom('a', 'Z', ' ', '~', '\u007F', '\n', 'é', 'ς'),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      ),
    });
    const folded = (text: string) => text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
    fc.assert(fc.property(texts, (text) => foldCase(text) === folded(text)));
  });
});
