import { expect, test } from 'vitest';
import { ShortLivedCache } from './short-lived-cache.ts';

test('keeps a value for its time and not longer', () => {
  const cache = new ShortLivedCache<string>(1000, 10);
  cache.set('a', 'x', 5000);
  expect([cache.get('a', 5999), cache.get('a', 6000), cache.get('a', 5500)]).toEqual(['x', undefined, undefined]);
});

test('does not trust a clock that was set back', () => {
  const cache = new ShortLivedCache<string>(1000, 10);
  cache.set('a', 'x', 5000);
  expect(cache.get('a', 4999)).toBeUndefined();
});

test('lets the oldest go when it is full', () => {
  const cache = new ShortLivedCache<number>(1000, 2);
  for (const [value, key] of ['a', 'b', 'a', 'c'].entries()) cache.set(key, value, 0);
  expect(['a', 'b', 'c'].map((key) => cache.get(key, 1))).toEqual([2, undefined, 3]);
});
