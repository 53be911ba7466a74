import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTimestamps } from './iso-timestamps.ts';

test.each([0, 999, 1_000, 1_763_802_000_007, 1_763_802_000_999, 1_763_802_001_000])('%i', (epochMs) => {
  expect(isoTimestamps()(epochMs)).toBe(new Date(epochMs).toISOString());
});

test('instants of one writer are right in any order, in one second and in several', () => {
  const instant = fc
    .integer({ min: 0, max: 3 })
    .chain((second) => fc.integer({ min: 0, max: 999 }).map((ms) => second * 1000 + ms));
  fc.assert(
    fc.property(fc.nat(4_000_000_000_000), fc.array(instant, { minLength: 2 }), (from, instants) => {
      const write = isoTimestamps();
      for (const after of instants) expect(write(from + after)).toBe(new Date(from + after).toISOString());
    }),
  );
});
