import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readFormatters } from './read-formatters.ts';

/** What comes of formatters whose lookup table has this text, or is not there. */
async function readWith(table: string | undefined) {
  const cwd = await mkdtemp(join(tmpdir(), 'formatters-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await writeFile(join(cwd, 'formatters.yaml'), 'transformers: []\nlookupTables: { cities: cities.csv }\n');
  if (table !== undefined) await writeFile(join(cwd, 'cities.csv'), table);
  return readFormatters({ cwd }, 'formatters.yaml');
}

test('a lookup table is a CSV file', async () => {
  const { lookupTables } = await readWith('code,city\r\nB,"Berlin, Mitte"\r\n');
  expect(lookupTables.cities).toMatchObject({ columns: ['code', 'city'], rows: [['B', 'Berlin, Mitte']] });
});

test.each([
  ['is not there', undefined, 'There is no file cities.csv.'],
  ['has a column twice', 'code,code\nB,Berlin\n', 'both named "code"'],
  ['has a row that is too short', 'code,city\nB\n', 'cities.csv:2: The row has 1 cells'],
])('one that %s is told as such, and not as the file of a mapping', async (_, table, message) => {
  await expect(readWith(table)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(message),
    hint: expect.stringContaining('Its path is relative to the current folder.'),
  });
});
