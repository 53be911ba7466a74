import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runBoth } from './test-mapping.ts';
import {
  csvLine,
  RandomMapping,
  randomColumns,
  randomMapping,
  randomTable,
  withCondition,
} from './test-random-mapping.ts';

test('every row adds to the document, or is reported, or is left out by a when', async () => {
  const seen = { added: 0, reported: 0, leftOut: 0 };
  const [wild, tame] = [new RandomMapping(false, false), new RandomMapping(true, false)];
  const items = fc.oneof(wild.items, tame.items);
  const blank = fc.constant(randomColumns.map(() => ' '));
  const row = fc.oneof({ weight: 4, arbitrary: wild.csvRow }, { weight: 4, arbitrary: tame.csvRow }, blank);
  await fc.assert(
    fc.asyncProperty(items, row, fc.nat(4), fc.boolean(), async (plain, cells, column, isConditional) => {
      const when = { column: randomColumns[column], empty: false };
      const map = isConditional ? plain.map((item) => withCondition(item, when)) : plain;
      const mapping = randomMapping([{ file: 'rows.csv', map }]);
      const run = (rows: string) =>
        runBoth(mapping, { 'rows.csv': csvLine(randomColumns) + rows, 't.csv': randomTable });
      const without = await run('');
      const { wire, diagnostics } = await run(csvLine(cells));
      if (diagnostics.length > 0) seen.reported += 1;
      else if (isConditional && cells[column]?.trim() === '') {
        seen.leftOut += 1;
        expect(wire).toEqual(without.wire);
      } else {
        seen.added += 1;
        expect(wire).not.toEqual(without.wire);
      }
    }),
    { numRuns: 200 },
  );
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(4);
}, 120_000);
