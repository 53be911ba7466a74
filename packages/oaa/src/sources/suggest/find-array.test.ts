import { expect, test } from 'vitest';
import { findArray } from './find-array.ts';

test.each([
  [[{ a: 1 }], ''],
  [{ users: [{ a: 1 }] }, '/users'],
  [{ total: 1, data: { 'a/b': [{ x: 1 }] } }, '/data/a~1b'],
  [{ names: ['a'], deep: { rows: [{}] } }, '/deep/rows'],
  [{ a: 1 }, undefined],
  ['text', undefined],
])('%j has its rows at %j', (document, pointer) => {
  expect(findArray(document)).toBe(pointer);
});
