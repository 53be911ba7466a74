import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodePoints } from '../../../protocol/text/compare-code-points.ts';
import { afterPrefix } from './after-prefix.ts';

describe('the first text behind all with a prefix', () => {
  test.each([
    ['jan', 'jao'],
    ['z', '{'],
    ['a\ud7ff', 'a\ue000'],
    ['a\uffff', 'a\u{10000}'],
    ['a\u{10ffff}', 'b'],
    ['\u{10ffff}\u{10ffff}', undefined],
    ['', undefined],
  ])('%j: %j', (prefix, expected) => {
    expect(afterPrefix(prefix)).toBe(expected);
  });

  test('a text begins with the prefix exactly where it stands between the two', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', 'b', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'),
      maxLength: 4,
    });
    fc.assert(
      fc.property(texts, texts, (prefix, text) => {
        const after = afterPrefix(prefix);
        const between =
          compareCodePoints(text, prefix) >= 0 && (after === undefined || compareCodePoints(text, after) < 0);
        expect(between).toBe(text.startsWith(prefix));
        expect(after?.isWellFormed()).not.toBe(false);
      }),
    );
  });

  test('of a prefix as long as a filter', () => {
    expect(afterPrefix('a'.repeat(4_096))).toBe(`${'a'.repeat(4_095)}b`);
  });
});
