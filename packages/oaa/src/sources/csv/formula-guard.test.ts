import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { guardFormula, isFormula, unguardFormula } from './formula-guard.ts';
import { readCsv } from './read-csv.ts';

test.each(['=1+1', '+49 30', '-5', '@sum', '\tx', '\rx', "'=x", "''=x", "'quoted", 'plain', ''])(
  'the text %j comes back from its cell, which no spreadsheet runs',
  (text) => {
    expect(isFormula(guardFormula(text))).toBe(false);
    expect(unguardFormula(guardFormula(text))).toBe(text);
  },
);

test('a guarded file is read without its apostrophes, another one with them', async () => {
  const first = async (formulaGuard: boolean) => {
    const source = await readCsv(Readable.from([Buffer.from("name\n'=x\n")]), 'rows.csv', { formulaGuard });
    for await (const [row] of source.batches()) return row && source.column('name')?.(row);
    return undefined;
  };
  expect(await first(true)).toBe('=x');
  expect(await first(false)).toBe("'=x");
});
