import { expect, test } from 'vitest';
import { jsonColumn } from './json-column.ts';

const cells = JSON.parse(
  '{"id": 1, "manager": {"email": "m", "a.b": 2}, "x.y": 3, "x": {"y": 4}, "list": [{"v": 5}], "text": "abc", "none": null, "__proto__": {"p": 6}}',
);

test.each([
  ['id', 1],
  ['manager.email', 'm'],
  ['x.y', 3],
  ['list.0.v', 5],
  ['none', null],
  ['__proto__.p', 6],
  ['missing', undefined],
  ['missing.key', undefined],
  ['manager.missing', undefined],
  ['text.length', undefined],
  ['list.length', undefined],
  ['none.key', undefined],
  ['constructor', undefined],
  ['toString.name', undefined],
  ['manager.constructor.name', undefined],
  ['', undefined],
  ['.', undefined],
])('column %j is %j', (name, value) => {
  expect(jsonColumn(name)({ line: 1, cells })).toBe(value);
});
