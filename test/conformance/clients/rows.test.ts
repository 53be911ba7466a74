import { expect, test } from 'vitest';
import { testTitles } from '../../support/test-titles.ts';
import { clientRows } from './rows.ts';

const folder = 'test/conformance/clients';
const titles = testTitles(folder);

test.each(Object.entries(clientRows))('%s has a test for every row', (file, rows) => {
  const here = titles.filter((one) => one.file === `${folder}/${file}`).map(({ title }) => title);
  expect(rows.filter((row) => !here.some((title) => title.startsWith(`${row}:`)))).toEqual([]);
});

test('every test of a client belongs to a row', () => {
  const stray = titles.filter(({ file, title }) => {
    const rows = clientRows[file.slice(folder.length + 1)];
    return file !== `${folder}/rows.test.ts` && !rows?.some((row) => title.startsWith(`${row}:`));
  });
  expect(stray).toEqual([]);
});
