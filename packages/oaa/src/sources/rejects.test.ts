import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mapping, mappingSchema } from './mapping/mapping-schema.ts';
import { rejectedFiles, rejectedRows, rejectsPaths } from './rejects.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-rejects-'));
});
afterAll(() => rm(folder, { recursive: true }));

function mappingOf(...sources: readonly object[]): Mapping {
  const map = [{ user: { name: 'login' } }];
  return mappingSchema.parse({
    application: { name: 'Shop', type: 'Shop' },
    sources: sources.map((source) => ({ ...source, map })),
  });
}

/** Bad rows by source: `[line, reason]`. */
function badRows(...sources: readonly (readonly (readonly [number, ...string[]])[])[]) {
  return new Map(
    sources.map((rows, number) => [number, new Map(rows.map(([line, ...reasons]) => [line, { line, reasons }]))]),
  );
}

async function rejects(
  source: object & { readonly file: string },
  content: string,
  rows: readonly (readonly [number, ...string[]])[],
) {
  await writeFile(join(folder, source.file), content);
  const [file] = rejectedFiles(mappingOf(source), badRows(rows));
  let text = '';
  if (file !== undefined) for await (const piece of rejectedRows(file, folder)) text += piece;
  return text;
}

describe('rows', () => {
  test('have their columns, the file, the row and the reasons', async () => {
    const text = await rejects({ file: 'users.csv' }, 'login,name\nkim,Kim\nlee,Lee\nann,Ann\n', [
      [3, 'name: too short.', 'name: too rude.'],
    ]);
    expect(text).toBe('login,name,_file,_row,_reason\nlee,Lee,users.csv,3,name: too short. | name: too rude.\n');
  });

  test('keep their cells as they are, also those that a spreadsheet takes for formulas', async () => {
    const cells = ['=1+1', '+49', '-5', '@x', ' padded ', 'a "b"', '"c,d"'];
    const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    const text = await rejects({ file: 'cells.csv' }, `a,b,c,d,e,f,g\n${line}\n`, [[2, 'Bad.']]);
    expect(text.split('\n')[1]).toBe('=1+1,+49,-5,@x," padded ","a ""b""","""c,d""",cells.csv,2,Bad.');
  });

  test('have reasons that are no formulas, whatever column they begin with', async () => {
    const text = await rejects({ file: 'formula.csv' }, '=HYPERLINK(1)\nx\n', [[2, '=HYPERLINK(1): bad.']]);
    expect(text.split('\n')[1]).toBe("x,formula.csv,2,'=HYPERLINK(1): bad.");
  });

  test('are written with the delimiter and the quotes of their file', async () => {
    const source = { file: 'de.csv', csv: { delimiter: ';', quote: "'", escape: '\\' } };
    const text = await rejects(source, "a;b\n'1;2';it\n'a\\'b';c\n", [
      [2, 'x'],
      [3, 'y'],
    ]);
    expect(text).toBe("a;b;_file;_row;_reason\n'1;2';it;de.csv;2;x\n'a\\'b';c;de.csv;3;y\n");
  });

  test('keep cells that have no column in the reason, and are filled up when they are short', async () => {
    const text = await rejects({ file: 'ragged.csv' }, 'a,b\n1,2,3\n4\n', [
      [2, 'Long.'],
      [3, 'Short.'],
    ]);
    expect(text.split('\n').slice(1, 3)).toEqual([
      '1,2,ragged.csv,2,"Long. | Cells without a column: [""3""]"',
      '4,,ragged.csv,3,Short.',
    ]);
  });

  test('of JSON stand in one column', async () => {
    const text = await rejects({ file: 'users.ndjson' }, '{"login":"kim"}\n{"login":7}\n', [[2, 'Bad.']]);
    expect(text).toBe('_json,_file,_row,_reason\n"{""login"":7}",users.ndjson,2,Bad.\n');
  });

  test('before the place where a file breaks off are written', async () => {
    const text = await rejects({ file: 'cut.csv' }, 'a\n1\n"2\n', [[2, 'Bad.']]);
    expect(text.split('\n')).toHaveLength(3);
  });
});

describe('files', () => {
  test('a mapping with one file has one for the rejects, also when it reads it twice', () => {
    const mapping = mappingOf({ file: 'a.csv' }, { file: 'a.csv' });
    expect([...rejectsPaths(mapping, 'out/rejects.csv')]).toEqual([['a.csv', 'out/rejects.csv']]);
    expect(
      rejectedFiles(
        mapping,
        badRows(
          [[2, 'x']],
          [
            [2, 'y'],
            [3, 'z'],
          ],
        ),
      ),
    ).toEqual([
      {
        source: mapping.sources[0],
        reasons: new Map([
          [2, ['x', 'y']],
          [3, ['z']],
        ]),
      },
    ]);
  });

  test('a mapping with several has one for each, because their columns differ', () => {
    const mapping = mappingOf({ file: 'users.csv' }, { file: 'old/Users.csv.gz' }, { file: '../grants.ndjson' });
    expect([...rejectsPaths(mapping, 'rejects.csv').values()]).toEqual([
      'rejects.users.csv',
      'rejects.Users-2.csv',
      'rejects.grants.csv',
    ]);
  });

  test('what the mapping itself says is no row', () => {
    const rows = new Map([[-1, new Map([[0, { line: 0, reasons: ['x'] }]])]]);
    expect(rejectedFiles(mappingOf({ file: 'a.csv' }), rows)).toEqual([]);
  });
});
