import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSortKeys, type SortKey } from '../../protocol/sort/sort-key.ts';
import { FirstKeys } from './list-first-keys.ts';

const refusal = expect.objectContaining({ status: 400, scimType: 'tooMany' });
const keyOf = (id: number, value: SortKey['value'] = undefined): SortKey => ({
  id: String(id).padStart(6, '0'),
  value,
});

describe('the first keys of a list', () => {
  test('are those of the sorted list, whatever the order in which they come', () => {
    const values = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', '\uffff', '\u{10000}'), { nil: undefined }));
    fc.assert(
      fc.property(values, fc.nat(20), fc.boolean(), (all, limit, descending) => {
        const keys = all.map((value, index) => keyOf(index, value));
        const first = new FirstKeys(limit, descending);
        for (const key of keys.toReversed()) first.add(key);
        const sorted = keys.toSorted((left, right) => compareSortKeys(left, right, descending));
        expect(first.sorted()).toEqual(sorted.slice(0, limit));
      }),
    );
  });

  test('stay the first when many times as many come', () => {
    const first = new FirstKeys(3, true);
    for (let id = 0; id < 25_000; id++) first.add(keyOf(id, (id * 7_919) % 25_000));
    expect(first.sorted().map(({ value }) => value)).toEqual([24_999, 24_998, 24_997]);
  });

  test('are as many as the bound, and not one more', () => {
    const bounds = { keys: 5, textLength: 1_000 };
    const fill = (count: number, limit: number) => {
      const first = new FirstKeys(limit, false, bounds);
      for (let id = 0; id < count; id++) first.add(keyOf(id));
      return first.sorted().length;
    };
    expect(fill(5, 100)).toBe(5);
    expect(fill(30_000, 5)).toBe(5);
    expect(() => fill(6, 100)).toThrow(refusal);
    expect(() => fill(30_000, 100)).toThrow(refusal);
  });

  test('have a bound for the length of their texts, too', () => {
    const fill = (limit: number) => {
      const first = new FirstKeys(limit, false, { keys: 100, textLength: 100 });
      for (let id = 0; id < 50; id++) first.add(keyOf(id, 'x'.repeat(10)));
      return first.sorted().length;
    };
    expect(fill(10)).toBe(10);
    expect(() => fill(11)).toThrow(refusal);
  });
});
