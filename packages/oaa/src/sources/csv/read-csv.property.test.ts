import { expect, test } from 'vitest';
import { rowsOf, textStream } from '../test-rows.ts';
import { readCsv } from './read-csv.ts';
import { randomTable } from './test-random-table.ts';

test('1,000 tables of any content are read as they were written, with the lines in which rows begin', async () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const { text, delimiter, header, rows, lines } = randomTable(seed);
    const source = await readCsv(textStream(text, 1 + (seed % 40)), 'random.csv', { delimiter });
    expect([seed, source.columns, await rowsOf(source)]).toStrictEqual([
      seed,
      header,
      rows.map((row, index) => [lines[index], row]),
    ]);
  }
});
