import { expect, test } from 'vitest';
import { readableJson } from './readable-json.ts';

test('what fits stands in one line, the rest is broken', () => {
  const value = {
    name: 'Shop',
    list: [],
    users: [
      { id: 1, tags: ['a', 'b'] },
      { id: 2, none: null },
    ],
  };
  expect(readableJson(value, 40)).toBe(`{
  "name": "Shop",
  "list": [],
  "users": [
    { "id": 1, "tags": ["a", "b"] },
    { "id": 2, "none": null }
  ]
}`);
  expect(JSON.parse(readableJson(value, 10))).toEqual(value);
});
