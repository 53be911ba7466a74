import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteLength, exceedsBytes, limits, truncateBytes } from './limits.ts';

const text = fc.string({ unit: fc.oneof(fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00'), fc.string()) });

describe('limits', () => {
  test('are counted in bytes of UTF-8, also for halves of surrogate pairs', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(byteLength(value)).toBe(Buffer.byteLength(value));
      }),
    );
  });

  test('are exceeded by the first byte too many, not before', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (value, maximum) => {
        expect(exceedsBytes(value, maximum)).toBe(Buffer.byteLength(value) > maximum);
      }),
    );
  });

  test('cut a text to the longest start that fits, never inside a character', () => {
    expect(truncateBytes('ééé', 5)).toBe('éé');
    expect(truncateBytes('a😀b', 4)).toBe('a');
    expect(truncateBytes('short', limits.descriptionBytes)).toBe('short');
    fc.assert(
      fc.property(text, fc.nat(40), (value, maximum) => {
        const cut = truncateBytes(value, maximum);
        expect(value.startsWith(cut)).toBe(true);
        expect(byteLength(cut)).toBeLessThanOrEqual(maximum);
        const next = String.fromCodePoint(value.codePointAt(cut.length) ?? 0);
        if (cut !== value) expect(byteLength(cut + next)).toBeGreaterThan(maximum);
      }),
    );
  });
});
