import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { rowsOf, textStream } from '../test-rows.ts';
import type { CsvOptions } from './csv-options.ts';
import { readCsv } from './read-csv.ts';

const read = async (text: string, options?: CsvOptions, file = 'users.csv') => {
  const source = await readCsv(textStream(text), file, options);
  return { columns: source.columns, rows: await rowsOf(source) };
};
const rows = async (text: string, options?: CsvOptions) => (await read(text, options)).rows;

describe('cells', () => {
  test.each([
    ['plain', 'a,b\n1,2\n', [[2, ['1', '2']]]],
    ['quoted', 'a,b\n"1","x, y"\n', [[2, ['1', 'x, y']]]],
    ['with doubled quotes', 'a,b\n1,"say ""hi"""\n', [[2, ['1', 'say "hi"']]]],
    ['empty, quoted or not', 'a,b\n,""\n', [[2, ['', '']]]],
    ['with outer spaces, which stay', 'a,b\n 1 ,2 \n', [[2, [' 1 ', '2 ']]]],
    ['without a last line end', 'a,b\n1,2', [[2, ['1', '2']]]],
    [
      'of one column, empty in quotes',
      'a\n""\nx\n""',
      [
        [2, ['']],
        [3, ['x']],
        [4, ['']],
      ],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await rows(text)).toStrictEqual(expected);
  });

  test.each([
    ['a;b\n1;2\n', { delimiter: ';' }],
    ['a||b\n1||2\n', { delimiter: '||' }],
    ["'a','b'\n'1','2'\n", { quote: "'" }],
  ])('%j is read with %j', async (text, options) => {
    expect(await read(text, options)).toStrictEqual({ columns: ['a', 'b'], rows: [[2, ['1', '2']]] });
  });

  test('of a .tsv file are divided by tabs, also when it is compressed', async () => {
    for (const file of ['users.tsv', 'users.TSV.gz']) {
      expect(await read('a\tb\n1,5\t2\n', undefined, file)).toStrictEqual({
        columns: ['a', 'b'],
        rows: [[2, ['1,5', '2']]],
      });
    }
  });

  test('have quotes escaped by another character', async () => {
    expect(await rows('a,b\n"1 \\" x",2\n', { escape: '\\' })).toStrictEqual([[2, ['1 " x', '2']]]);
  });

  test('keep their quotes when quoting is switched off', async () => {
    expect(await rows('a,b\n5" disk,"x\n', { quote: '' })).toStrictEqual([[2, ['5" disk', '"x']]]);
  });

  test('are the same in chunks of one byte', async () => {
    const text = '\uFEFFa||"b"\r\n"x""||\r\n😀"||2\r\n\r\n3||名\r\n';
    const source = await readCsv(textStream(text, 1), 'x.csv', { delimiter: '||' });
    expect([source.columns, await rowsOf(source)]).toStrictEqual([
      ['a', 'b'],
      [
        [2, ['x"||\r\n😀', '2']],
        [5, ['3', '名']],
      ],
    ]);
  });
});

describe('lines', () => {
  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('end at %s', async (_, end) => {
    const text = ['a,b', '1,2', '', `"x${end}${end}y",2`, '', '', '3,4', ''].join(end);
    expect(await rows(text)).toStrictEqual([
      [2, ['1', '2']],
      [4, [`x${end}${end}y`, '2']],
      [9, ['3', '4']],
    ]);
  });

  test('may end differently in one file', async () => {
    expect(await rows('a,b\r\n1,2\n3,4\r5,6\r\n\n\r\r\n"7\r\n","\r8\n"\r\n9,0')).toStrictEqual([
      [2, ['1', '2']],
      [3, ['3', '4']],
      [4, ['5', '6']],
      [8, ['7\r\n', '\r8\n']],
      [12, ['9', '0']],
    ]);
  });

  test('before the header are skipped, whatever stands in them', async () => {
    const text = '\uFEFFReport of "today\r\n\r\na,b\r\n1,2\r\n';
    for (const size of [1, 2, 1_000]) {
      const source = await readCsv(textStream(text, size), 'x.csv', { skipLines: 2 });
      expect([source.columns, await rowsOf(source)]).toStrictEqual([['a', 'b'], [[4, ['1', '2']]]]);
    }
  });
});

describe('the header', () => {
  test('is trimmed, and names the columns', async () => {
    const source = await readCsv(textStream('\uFEFF id , "name"\n1,2\n'.replace(', "', ',"')), 'x.csv');
    expect([source.columns, source.unit, source.file]).toStrictEqual([['id', 'name'], 'line', 'x.csv']);
    const values: unknown[] = [];
    for await (const batch of source.batches()) {
      for (const row of batch) values.push([source.column('id')?.(row), source.column('name')?.(row)]);
    }
    expect(values).toStrictEqual([['1', '2']]);
    expect(source.column('Id')).toBeUndefined();
  });

  test('may be in the mapping', async () => {
    expect(await read('1,2\n', { columns: ['a', 'b'] })).toStrictEqual({
      columns: ['a', 'b'],
      rows: [[1, ['1', '2']]],
    });
    expect(await read('', { columns: ['a', 'b'] })).toStrictEqual({ columns: ['a', 'b'], rows: [] });
  });

  test('alone is a file without rows', async () => {
    expect(await read('a,b\n')).toStrictEqual({ columns: ['a', 'b'], rows: [] });
    expect(await read('a,b')).toStrictEqual({ columns: ['a', 'b'], rows: [] });
  });
});

describe('ragged rows', () => {
  test('have a fault', async () => {
    expect(await rows('a,b\n1\n1,2,3\n')).toStrictEqual([
      [2, ['1'], 'The row has 1 cells and the header has 2. If the rest is empty, say csv: { shortRows: pad }.'],
      [3, ['1', '2', '3'], 'The row has 3 cells and the header has 2: a delimiter in a text, mostly.'],
    ]);
  });

  test('that are short may be filled up', async () => {
    expect(await rows('a,b\n1\n', { shortRows: 'pad' })).toStrictEqual([[2, ['1', '']]]);
  });
});

describe('reading', () => {
  test('asks for no more text than the rows that are taken need', async () => {
    const rowsInChunk = 640;
    const chunk = Buffer.from(`${'x'.repeat(98)},y\n`.repeat(rowsInChunk));
    const chunksOf10Megabytes = 160;
    let produced = 0;
    let taken = 0;
    async function* text() {
      yield Buffer.from('a,b\n');
      for (let count = 0; count < chunksOf10Megabytes; count += 1) {
        produced += rowsInChunk;
        expect(produced - taken).toBeLessThanOrEqual(4 * rowsInChunk);
        yield chunk;
      }
    }
    const source = await readCsv(Readable.from(text()), 'x.csv');
    for await (const batch of source.batches()) taken += batch.length;
    expect(taken).toBe(chunksOf10Megabytes * rowsInChunk);
  });

  test('ends with the loop, and closes the stream', async () => {
    const bytes = textStream('a\n1\n2\n3\n', 2);
    const source = await readCsv(bytes, 'x.csv');
    for await (const _ of source.batches()) break;
    expect(bytes.destroyed).toBe(true);
  });

  test('can be given up before it begins', async () => {
    const bytes = new PassThrough();
    bytes.write('a\n1\n2\n');
    const source = await readCsv(bytes, 'x.csv');
    source.close();
    expect(bytes.destroyed).toBe(true);
  });
});
