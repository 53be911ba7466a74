import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { type OpenSourceOptions, openSource } from './open-source.ts';
import { rowsAndFailure, rowsOf } from './test-rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function open(file: string, content: string | Uint8Array, options: Partial<OpenSourceOptions> = {}) {
  await writeFile(join(folder, file), content);
  return openSource({ path: join(folder, file), file, ...options });
}

/** The error of opening or reading. */
async function failure(file: string, content: string | Uint8Array, options?: Partial<OpenSourceOptions>) {
  try {
    const [, error] = await rowsAndFailure(await open(file, content, options));
    return error as InputError;
  } catch (error) {
    return error as InputError;
  }
}

describe('the format is told by the ending:', () => {
  test.each([
    ['a.csv', 'id\n1\n', ['1']],
    ['a.CSV', 'id\n1\n', ['1']],
    ['a.tsv', 'id\tx\n1\t2\n', ['1', '2']],
    ['a.json', '[{"id": 1}]', { id: 1 }],
    ['a.ndjson', '{"id": 1}', { id: 1 }],
    ['a.jsonl', '{"id": 1}', { id: 1 }],
  ])('%s, also compressed', async (file, content, cells) => {
    const line = file.endsWith('.json') || !/[ct]sv$/i.test(file) ? 1 : 2;
    expect(await rowsOf(await open(file, content))).toStrictEqual([[line, cells]]);
    expect(await rowsOf(await open(`${file}.gz`, gzipSync(content)))).toStrictEqual([[line, cells]]);
  });

  test('unless the mapping says it', async () => {
    expect(await rowsOf(await open('users.txt', 'id\n1\n', { format: 'csv' }))).toStrictEqual([[2, ['1']]]);
    expect(await rowsOf(await open('b.csv', '{"u": [{}]}', { format: 'json', pointer: '/u' }))).toStrictEqual([
      [1, {}],
    ]);
  });

  test.each(['users.txt', 'users', 'csv', '.gz', 'users.csv.zip'])('%s does not tell it', async (file) => {
    const error = await failure(file, '');
    expect([error.name, error.message, error.hint]).toStrictEqual([
      'InputError',
      `The ending of ${file} does not say how its rows are written.`,
      'Set format to csv, json or ndjson. Known endings: .csv .tsv .json .ndjson .jsonl, each also with .gz.',
    ]);
  });
});

describe('encodings', () => {
  const text = 'name,x\r\nZoë €,1\r\n';
  const utf16le = Buffer.from(`\uFEFF${text}`, 'utf16le');

  test.each([
    ['windows-1252', Buffer.from([...Buffer.from('name,x\r\nZo\xEB \x80,1\r\n', 'latin1')])],
    ['utf-16le', utf16le],
    ['utf-16be', Buffer.from(utf16le).swap16()],
    ['UTF8', Buffer.from(text)],
  ])('%s', async (encoding, content) => {
    const source = await open('encoded.csv', content, { encoding });
    expect([source.columns, await rowsOf(source)]).toStrictEqual([['name', 'x'], [[2, ['Zoë €', '1']]]]);
  });

  test.each([
    [
      'windows-1252 as UTF-8',
      Buffer.from('a\r\nb\rc\nZo\xEB,1\nd\n', 'latin1'),
      'e.csv:4: The text is not UTF-8 here.',
    ],
    ['a cut character', Buffer.from('a\n\xE2\x82', 'latin1'), 'e.csv:2: The text is not UTF-8 here.'],
    ['UTF-16 as UTF-8', utf16le, 'e.csv:1: The text is not UTF-8 here.'],
    ['UTF-16 without a mark', utf16le.subarray(2), 'e.csv:1: The text is not UTF-8 here.'],
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x08\x00', 'latin1'), 'e.csv:1: The text is not UTF-8 here.'],
    ['gzip without .gz', gzipSync(text), 'e.csv:1: The text is not UTF-8 here.'],
  ])('%s is refused', async (_, content, message) => {
    expect((await failure('e.csv', content)).message).toBe(message);
  });

  test('hints name what a file begins like', async () => {
    const hints = [
      await failure('e.csv', utf16le),
      await failure('e.csv', gzipSync(text)),
      await failure('e.csv', Buffer.from('PK\x03\x04\0', 'latin1')),
      await failure('e.csv', Buffer.from('\xEB', 'latin1')),
    ].map(({ hint }) => hint);
    expect(hints).toStrictEqual([
      'It begins like UTF-16: name it, encoding: utf-16le.',
      'It is compressed with gzip: let its name end in .gz.',
      'It is a workbook or a zip archive: save the table as CSV (UTF-8).',
      'Name its encoding in the mapping, for example encoding: windows-1252, or save it as UTF-8.',
    ]);
  });

  test('a wrong one that was named is refused with its line', async () => {
    const content = Buffer.concat([Buffer.from('a\n1\n', 'utf16le'), Buffer.from([0, 0xd8, 0, 0])]);
    expect((await failure('e.csv', content, { encoding: 'utf-16le' })).message).toBe(
      'e.csv:3: The text is not utf-16le here.',
    );
    expect((await failure('e.csv', 'a', { encoding: 'klingon' })).message).toBe(
      'The encoding "klingon" of e.csv is not known.',
    );
  });

  test('characters that stand across chunks of the file are whole', async () => {
    const cell = 'x😀'.repeat(200_000);
    for (const start of ['', ' ', '  ', '   ']) {
      expect(await rowsOf(await open('long.csv', `a\n${start}${cell}\n`))).toStrictEqual([[2, [start + cell]]]);
    }
  });
});

describe('a file is refused that', () => {
  test.each([
    ['is missing', () => openSource({ path: join(folder, 'no.csv'), file: 'no.csv' }), 'There is no file no.csv.'],
    ['is a folder', () => openSource({ path: folder, file: 'f.csv' }), 'f.csv is a folder, not a file.'],
    [
      'is not gzip',
      () => open('plain.csv.gz', 'a\n1\n'),
      'plain.csv.gz is not gzip, or is damaged, although its name ends in .gz.',
    ],
    ['is empty gzip', () => open('empty.csv.gz', gzipSync('')), 'empty.csv.gz:1: The file is empty.'],
  ])('%s', async (_, opening, message) => {
    const error = await opening().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toBe(message);
  });

  test('is cut gzip, after the rows that are there', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${Math.imul(index, 2_654_435_761)}\n`).join('');
    const whole = gzipSync(`id\n${lines}`);
    const [rows, error] = await rowsAndFailure(await open('cut.csv.gz', whole.subarray(0, whole.length / 2)));
    expect((error as InputError).message).toBe('cut.csv.gz is cut off: its gzip data ends too early.');
    expect(rows.length).toBeGreaterThan(40_000);
  });
});

/** Files of the folder that this process holds open, where the system tells. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}

test.runIf(process.platform === 'linux')('no file stays open, however the reading ends', async () => {
  const csv = `a,b\n${'1,2\n'.repeat(100_000)}`;
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'whole.csv': csv,
    'whole.csv.gz': gzipSync(csv),
    'header.csv': `a,a\n${csv}`,
    'quote.csv': `${csv}x,y"\n${csv}`,
    'cut.csv.gz': gzipSync(csv).subarray(0, 500),
    'encoding.csv': Buffer.concat([Buffer.from(csv), Buffer.from([0xff]), Buffer.from(csv)]),
    'broken.json': `[{},${'{},'.repeat(200_000)}{{`,
    'whole.ndjson': '{}\n'.repeat(200_000),
  };
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
  const endings = ['break', 'close', 'all'].flatMap((ending) =>
    Object.keys(files).flatMap((file) =>
      Array.from({ length: ending === 'all' ? 1 : 5 }, () => [file, ending] as const),
    ),
  );
  await Promise.all(
    endings.map(async ([file, ending]) => {
      const source = await openSource({ path: join(folder, file), file }).catch(() => undefined);
      if (ending === 'close') source?.close();
      else if (ending === 'all') await (source && rowsAndFailure(source));
      else {
        const first = source?.batches()[Symbol.asyncIterator]();
        await first?.next().catch(() => undefined);
        await first?.return?.();
      }
    }),
  );
  await vi.waitFor(() => expect(openFiles()).toStrictEqual([]), { timeout: 20_000 });
});
