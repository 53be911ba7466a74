import { Readable } from 'node:stream';
import { readCsv } from '@oaa-kit/oaa/sources';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCell, writeCell, writeRecord } from './cell.ts';
import { type CsvDialect, csvDialect } from './csv-dialect.ts';
import { CsvSyntaxError, RecordReader } from './record-reader.ts';

const pieces = ['a', 'Z', 'ë', '"', '""', ',', ';', '||', '|', '\n', '\r\n', '\r', ' ', '😀', '\\', "'", '=', '-'];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
const options = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '||'),
  escape: fc.constantFrom(undefined, '\\'),
  formulaGuard: fc.constant(true),
});
const end = fc.constantFrom('\n', '\r\n', '\r');

/** All records of a text, which comes in pieces of `size` units. */
function readAll(text: string, size: number, dialect: CsvDialect): string[][] {
  const { codec } = dialect;
  const units = codec.units(Buffer.from(text));
  const found: string[][] = [];
  let rest = '';
  for (let at = 0; at < units.length || at === 0; at += size) {
    const buffer = rest + units.slice(at, at + size);
    const reader = new RecordReader(buffer, 0, at + size >= units.length, dialect);
    for (let record = reader.next(); record !== undefined; record = reader.next()) {
      expect(buffer.slice(record.start, record.end)).toBe(record.cells.join(dialect.delimiter));
      found.push(record.cells.map((cell) => readCell(cell, dialect)));
    }
    rest = buffer.slice(reader.at);
  }
  return found;
}

/** What the reader of sources finds: rows, or that the text is no CSV. */
async function readAsSource(text: string, csv: Parameters<typeof readCsv>[2]): Promise<readonly unknown[] | 'no CSV'> {
  const columns = ['c0', 'c1', 'c2'];
  try {
    const bytes = Readable.from([Buffer.from(text)]);
    const source = await readCsv(bytes, 'rows.csv', { ...csv, columns });
    const rows: unknown[] = [];
    for await (const batch of source.batches()) rows.push(...batch.map(({ cells }) => cells));
    return rows;
  } catch {
    return 'no CSV';
  }
}

describe('whatever the text, its records are those that the reader of sources finds', () => {
  test('of any text, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
        fc.constantFrom(',', ';', '||'),
        fc.integer({ min: 1, max: 9 }),
        async (text, delimiter, size) => {
          const dialect = csvDialect({ file: 'rows.csv', csv: { delimiter } });
          let found: unknown;
          try {
            found = readAll(text, size, dialect);
          } catch (error) {
            if (!(error instanceof CsvSyntaxError)) throw error;
            found = 'no CSV';
          }
          expect(found).toEqual(await readAsSource(text, { delimiter }));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('of records that were written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(texts, texts, texts), { minLength: 1, maxLength: 5 }),
        options,
        end,
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (rows, { escape: escapeMark, ...csv }, lineEnd, inQuotes, size) => {
          const all = { ...csv, escape: escapeMark };
          const dialect = csvDialect({ file: 'rows.csv', csv: all });
          const { codec } = dialect;
          const lines = rows.map((row) =>
            writeRecord(
              row.map((cell) => writeCell(cell, inQuotes, dialect)),
              dialect,
            ),
          );
          const text = codec.bytes(lines.join(lineEnd)).toString();
          expect(readAll(text, size, dialect)).toEqual(rows);
          const source = await readCsv(Readable.from([Buffer.from(text)]), 'rows.csv', {
            ...all,
            columns: ['c0', 'c1', 'c2'],
          });
          const readers = ['c0', 'c1', 'c2'].map((name) => source.column(name));
          const read: unknown[] = [];
          for await (const batch of source.batches())
            read.push(...batch.map((row) => readers.map((one) => one?.(row))));
          expect(read).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });
});
