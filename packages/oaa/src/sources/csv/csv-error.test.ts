import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../errors/errors.ts';
import { rowsAndFailure, textStream } from '../test-rows.ts';
import type { CsvOptions } from './csv-options.ts';
import { readCsv } from './read-csv.ts';

const failure = async (text: string, options?: CsvOptions): Promise<unknown> => {
  const bytes = textStream(text);
  const error = await readCsv(bytes, 'users.csv', options).catch((cause: unknown) => cause);
  expect(bytes.destroyed).toBe(true);
  return error;
};

describe('opening refuses', () => {
  test.each([
    ['an empty file', '', {}, 'users.csv:1: The file is empty.'],
    ['blank lines only', '\n\r\n', {}, 'users.csv:1: The file is empty.'],
    ['a file that is skipped', 'a\nb\n', { skipLines: 2 }, 'users.csv:3: The file ends before its header row.'],
    [
      'doubled and missing names',
      '\na,,b, a\n',
      {},
      'users.csv:2: The header row is not usable: column 2 has no name; columns 1 and 4 are both named "a".',
    ],
    [
      'doubled names in the mapping',
      '1,2',
      { columns: ['a', 'a'] },
      'users.csv: The list of columns is not usable: columns 1 and 2 are both named "a".',
    ],
    ['an empty delimiter', 'a', { delimiter: '' }, 'users.csv: The delimiter must not be empty or break the line.'],
    ['a quote as delimiter', 'a', { delimiter: '"' }, 'users.csv: The delimiter "\\"" has the quote in it.'],
    [
      'a header with an open quote',
      'a,"b\n1,2\n',
      {},
      'users.csv:1:2: A quote is opened in this row and never closed.',
    ],
  ])('%s', async (_, text, options, message) => {
    const error = (await failure(text, options)) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toBe(message);
  });
});

describe('reading gives the rows before a failure, then', () => {
  const start = 'id,note\n1,"two\r\nlines"\n\n2,x\n';
  const before = [
    [2, ['1', 'two\r\nlines']],
    [5, ['2', 'x']],
  ];

  test.each([
    ['an open quote', '\n3,"open\n4,x\n', 'users.csv:7:note: A quote is opened in this row and never closed.'],
    ['a quote in a cell', '3,5" disk\n', 'users.csv:6:note: A quote stands in the middle of a cell.'],
    ['a text behind a quote', '"3"x,y\n', 'users.csv:6:id: A quote stands in the middle of a cell.'],
    [
      'a cell of 10 MB',
      `3,${'x'.repeat(10_000_000)}\n4,x\n`,
      'users.csv:6:note: This row is longer than 4,194,304 characters.',
    ],
  ])('%s', async (_, text, message) => {
    const bytes = textStream(start + text, 65_536);
    const [rows, error] = await rowsAndFailure(await readCsv(bytes, 'users.csv'));
    expect(rows).toStrictEqual(before);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toBe(message);
    expect(bytes.destroyed).toBe(true);
  });

  test('a failure of the stream, as it is', async () => {
    const cause = new Error('disk');
    async function* text() {
      yield Buffer.from(start);
      yield Buffer.from('3,x\n4,y');
      throw cause;
    }
    const [rows, error] = await rowsAndFailure(await readCsv(Readable.from(text()), 'users.csv'));
    expect([rows.length, error]).toStrictEqual([3, cause]);
  });

  test('carries the place in a diagnostic', async () => {
    const [, error] = await rowsAndFailure(await readCsv(textStream(`${start}3,5" disk\n`), 'users.csv'));
    expect((error as InputError).diagnostics).toStrictEqual([
      {
        severity: 'error',
        code: 'csv-syntax',
        path: '$',
        message: 'A quote stands in the middle of a cell.',
        hint: 'Put the whole cell in quotes and double the quotes inside it; or say csv: { quote: "" } if the file has no quoted cells.',
        source: { file: 'users.csv', row: 6, column: 'note' },
      },
    ]);
  });
});
