import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runBoth } from './test-mapping.ts';
import { csvLine, RandomMapping, randomColumns, randomMapping, randomTable } from './test-random-mapping.ts';

async function checkBoth(tame: boolean, runs: number) {
  const seen = { documents: 0, refusals: 0 };
  const { conditionalItems, csvRow, jsonRow } = new RandomMapping(tame);
  const rowsOf = <Row>(row: fc.Arbitrary<Row>) => fc.array(row, { maxLength: tame ? 12 : 4 });
  await fc.assert(
    fc.asyncProperty(
      conditionalItems,
      conditionalItems,
      rowsOf(csvRow),
      rowsOf(jsonRow),
      async (csvItems, jsonItems, csvRows, jsonRows) => {
        const csv = { file: 'rows.csv', map: csvItems };
        const mapping = randomMapping([csv, { file: 'rows.json', map: jsonItems }]);
        const { wire, diagnostics } = await runBoth(mapping, {
          'rows.csv': csvLine(randomColumns) + csvRows.map(csvLine).join(''),
          'rows.json': JSON.stringify(jsonRows),
          't.csv': randomTable,
        });
        for (const { severity, source } of diagnostics) {
          if (severity === 'error') expect([source?.file, source?.row]).not.toContain(undefined);
        }
        if (wire === undefined) seen.refusals += 1;
        else seen.documents += 1;
      },
    ),
    { numRuns: runs },
  );
  return seen;
}

test('both engines give the same valid document for rows that fit', async () => {
  const { documents } = await checkBoth(true, 200);
  expect(documents).toBeGreaterThan(100);
}, 120_000);

test('both engines give the same problems, each with its row, for rows that do not', async () => {
  const { refusals } = await checkBoth(false, 100);
  expect(refusals).toBeGreaterThan(50);
}, 120_000);
