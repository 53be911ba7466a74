import { expect, test } from 'vitest';
import { findTestTitles, hasDisabledTests } from './test-titles.ts';

test('titles are those of tests and of tables of tests, and of nothing else', () => {
  const source = [
    "test('#1 one', () => {",
    '  send("#9 no title");',
    "  client(scim)('#8 no title');",
    "test.each<Row>([['a', (b) => f(b)]])(",
    "  '#2 it\\'s two',",
    'test.each(rows)("#3 three %s", check);',
    "describe('#7 no test', () => {",
  ].join('\n');
  expect(findTestTitles(source)).toEqual(['#1 one', "#2 it's two", '#3 three %s']);
});

test.each(['test.skip(', 'describe.only(', 'test.todo(', 'describe.skipIf(true)('])('%s is found', (call) => {
  expect(hasDisabledTests(`${call}'a', () => {})`)).toBe(true);
  expect(hasDisabledTests("test('a', skip)")).toBe(false);
});
