import { expect, test } from 'vitest';
import { guessCsv } from './csv-guess.ts';

test.each([
  ['a,b\n1,2\n', 'x.csv', {}],
  ['a;b\n1;2,5\n', 'x.csv', { delimiter: ';' }],
  ['a\tb\n1\t2\n', 'x.csv', { delimiter: '\t' }],
  ['a\tb\n1\t2\n', 'x.tsv', {}],
  ['a|b\n1|2\n', 'x.csv', { delimiter: '|' }],
  ['"a;b",c\n"1;2",3\n', 'x.csv', {}],
  ['sep=;\r\na;b\r\n', 'x.csv', { delimiter: ';', skipLines: 1 }],
  ['name\nBecker, Anna\n', 'x.csv', {}],
  ['"a\nb;c";d\n1;2\n', 'x.csv', { delimiter: ';' }],
  ['', 'x.csv', {}],
])('%j of %s', (text, file, options) => {
  expect(guessCsv(text, file)).toEqual(options);
});
