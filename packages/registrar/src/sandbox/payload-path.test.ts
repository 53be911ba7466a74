import { expect, test } from 'vitest';
import { pathSegments, valueAt } from './payload-path.ts';

test('a path falls into names and indexes', () => {
  expect(pathSegments("$.a[0]['b c']['it\\'s']")).toEqual(['a', 0, 'b c', "it's"]);
  expect(pathSegments('$')).toEqual([]);
});

test('only own properties are values', () => {
  expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
  expect(valueAt({}, ['constructor', 'name'])).toBeUndefined();
  expect(valueAt([], ['length'])).toBe(0);
});
