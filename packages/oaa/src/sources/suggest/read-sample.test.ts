import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../errors/index.ts';
import { readSample } from './read-sample.ts';
import { itemSeparator } from './source-sample.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-sample-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function sample(file: string, content: string | Uint8Array) {
  await writeFile(join(folder, file), content);
  const { source, columns, ...rest } = await readSample(join(folder, file), file);
  const { file: _file, ...options } = source;
  return { options, columns: Object.fromEntries(columns.map(({ name, cells }) => [name, cells])), ...rest };
}

describe('CSV', () => {
  test('cells are trimmed; all rows of a small file are read', async () => {
    expect(await sample('a.csv', 'login,name\nkim, Kim \nlee,\n')).toEqual({
      options: {},
      columns: { login: ['kim', 'lee'], name: ['Kim', ''] },
      rows: 2,
      complete: true,
      notes: [],
    });
  });

  test('delimiter, encoding and compression are found', async () => {
    const german = Buffer.from('Kennung;Größe\r\nkim;groß\r\n', 'latin1');
    expect((await sample('de.csv.gz', gzipSync(german))).options).toEqual({
      encoding: 'windows-1252',
      csv: { delimiter: ';' },
    });
    const utf16 = await sample('u16.csv', Buffer.from('\uFEFFlogin\nkïm\n', 'utf16le'));
    expect(utf16).toMatchObject({ options: { encoding: 'utf-16le' }, columns: { login: ['kïm'] } });
    const unmarked = await sample('u16x.csv', Buffer.from('login\nkïm\n', 'utf16le'));
    expect(unmarked).toMatchObject({ options: { encoding: 'utf-16le' }, columns: { login: ['kïm'] } });
  });

  test('a file whose ending says nothing is looked into', async () => {
    expect((await sample('a.txt', 'login;name\nkim;Kim\n')).options).toEqual({
      format: 'csv',
      csv: { delimiter: ';' },
    });
    expect((await sample('b.txt', '{"a":1}\n{"a":2}\n')).options).toEqual({ format: 'ndjson' });
    expect((await sample('c.txt', '[{"a":1}]')).options).toEqual({ format: 'json' });
  });

  test('columns without a name, or with the name of another one, get names', async () => {
    const { options, columns, notes } = await sample('dup.csv', '"na\nme",x,x,\n1,2,3,4\n');
    expect(options).toEqual({ csv: { columns: ['na\nme', 'x', 'x 2', 'column 4'], skipLines: 2 } });
    expect(columns).toEqual({ 'na\nme': ['1'], x: ['2'], 'x 2': ['3'], 'column 4': ['4'] });
    expect(notes).toHaveLength(1);
  });

  test('a first row of data is no header', async () => {
    const { options, columns } = await sample('headless.csv', 'kim@example.com,Kim\nlee@example.com,Lee\n');
    expect(options).toEqual({ csv: { columns: ['column 1', 'column 2'] } });
    expect(columns['column 2']).toEqual(['Kim', 'Lee']);
  });

  test('short rows are filled up, long ones are left to the build', async () => {
    const short = await sample('short.csv', 'a,b\n1\n');
    expect(short).toMatchObject({ options: { csv: { shortRows: 'pad' } }, columns: { a: ['1'], b: [''] } });
    expect(await sample('long.csv', 'a,b\n1,2,3\n4,5\n')).toMatchObject({ rows: 1, columns: { a: ['4'] } });
  });

  test('a header alone is enough', async () => {
    expect(await sample('header.csv', 'login,name\n')).toMatchObject({ rows: 0, columns: { login: [], name: [] } });
  });

  test('of a large file the beginning is read', async () => {
    const { rows, complete } = await sample('large.csv', `a\n${'1\n'.repeat(30_000)}`);
    expect([rows, complete]).toEqual([20_000, false]);
  });
});

describe('JSON', () => {
  test('objects become columns with dots, lists stay lists, lists of objects are told', async () => {
    const rows = [
      { userName: 'kim', name: { first: 'Kim' }, groups: ['a', 'b'], emails: [{ value: 'x' }] },
      { userName: 'lee' },
    ];
    expect(await sample('a.json', JSON.stringify({ data: rows }))).toEqual({
      options: { pointer: '/data' },
      columns: { userName: ['kim', 'lee'], 'name.first': ['Kim', ''], groups: [`a${itemSeparator}b`, ''] },
      rows: 2,
      complete: true,
      notes: ['left out: "emails", a list of objects.'],
    });
  });

  test('names of Object.prototype are columns like others', async () => {
    const { columns } = await sample('p.ndjson', '{"__proto__":"x","constructor":"y"}\n');
    expect(Object.entries(columns)).toEqual([
      ['__proto__', ['x']],
      ['constructor', ['y']],
    ]);
  });
});

describe('refused', () => {
  test.each([
    ['empty.csv', '', 'The file is empty.'],
    ['empty.json', '{"a":1}', 'has no list of objects'],
    ['void.json', '[]', 'has no rows with values'],
    ['broken.json', '[{"a":', 'broken.json'],
    ['quote.csv', 'a,b\n"1,2\n', 'never closed'],
  ])('%s', async (file, content, message) => {
    const error = await sample(file, content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
  });

  test('a missing file and a folder', async () => {
    await expect(readSample(join(folder, 'none.csv'), 'none.csv')).rejects.toThrow('There is no file none.csv.');
    await expect(readSample(folder, 'folder')).rejects.toThrow('folder is a folder.');
  });
});
