import { expect, test } from 'vitest';
import { listDelimiter } from './list-form.ts';

const column = (...cells: string[]) => ({ name: 'roles', cells, isList: false });

test.each([
  [['admin;clerk', 'clerk'], ';'],
  [['admin|clerk'], '|'],
  [['admin\nclerk'], '\n'],
  [['admin, clerk', 'clerk'], ','],
  [['admin,clerk', 'admin,guest'], ','],
])('%j is split at %j', (cells, delimiter) => {
  expect(listDelimiter(column(...cells))).toBe(delimiter);
});

test('a comma in a name alone splits nothing', () => {
  expect(listDelimiter(column('Research, Development', 'Sales'))).toBeUndefined();
});

test('names that stand elsewhere tell that a comma splits', () => {
  expect(listDelimiter(column('a, b'), new Set(['a']))).toBe(',');
});

test('single names and JSON lists are not split', () => {
  expect(listDelimiter(column('admin', ''))).toBeUndefined();
  expect(listDelimiter({ ...column('a;b'), isList: true })).toBeUndefined();
});
