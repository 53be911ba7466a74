import { expect, test } from 'vitest';
import { csvOutline } from './csv-outline.ts';

test.each([
  ['a,b\n1,2\n3,4\n', ['a', 'b'], 2],
  ['a,b\r\n1,2', ['a', 'b'], 1],
  ['\n\n a , "b ""x"", c"\n', ['a', 'b "x", c'], 0],
  ['a\n"1\n2"\n\n3\n', ['a'], 2],
  ['a,,c\n,,\n', ['a', '', 'c'], 1],
  ['', [], 0],
])('%j has its columns and rows', (text, columns, rows) => {
  expect(csvOutline(text)).toEqual({ columns, rows });
});

test('a quote that is never closed is no CSV', () => {
  expect(csvOutline('a,b\n"1,2\n')).toBeUndefined();
});
