import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError } from '../../errors/index.ts';
import { buildPayload } from '../mapping/map-sources.ts';
import { parseMapping } from '../mapping/read-mapping.ts';
import { readSample } from './read-sample.ts';
import { suggestMapping } from './suggest-mapping.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-suggest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const knownHeaders =
  'login id name email active status created last_login roles group permission effects resource site application user_type password first_name last_name team_id role_id'.split(
    ' ',
  );
const header = fc.oneof(
  fc.constantFrom(...knownHeaders),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 8 }),
);
const cell = fc.oneof(
  fc.constantFrom(
    '',
    'kim',
    'lee',
    'a;b',
    'a, b',
    'a',
    'yes',
    'no',
    'ja',
    '0',
    '1',
    '42',
    '31.12.2024',
    '03/04/2024',
    '2024-01-31',
    'never',
    'kim@example.com',
    'DataRead',
    '{{x}}',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const table = fc
  .integer({ min: 1, max: 8 })
  .chain((width) =>
    fc.tuple(
      fc.array(header, { minLength: width, maxLength: width }),
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
    ),
  );
const fileName = fc.constantFrom(
  'users',
  'groups',
  'roles',
  'role_permissions',
  'grants',
  'permissions',
  'resources',
  'x',
);

/** A cell of CSV; a NUL is no text, and such files are refused. */
const quoted = (text: string): string => `"${text.toWellFormed().replaceAll('\0', '').replaceAll('"', '""')}"`;

test('whatever the files, the mapping parses, names only columns that are there, and is the same every time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fileName, table), { minLength: 1, maxLength: 3, selector: ([name]) => name }),
      async (files) => {
        const samples = [];
        for (const [name, [headers, rows]] of files) {
          const path = join(folder, `${name}.csv`);
          await writeFile(path, [headers, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join(''));
          samples.push(await readSample(path, `${name}.csv`));
        }
        const { text } = suggestMapping(samples);
        expect(suggestMapping(samples).text).toBe(text);
        const built = await buildPayload(parseMapping(text, 'mapping.yaml'), { folder }).catch(
          (error: unknown) => error,
        );
        if (!(built instanceof Error)) return;
        // Rows may be bad; the mapping is not.
        expect(built).toBeInstanceOf(InputError);
        expect((built as InputError).diagnostics.filter(({ code }) => code === 'mapping')).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
