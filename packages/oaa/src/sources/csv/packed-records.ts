import type { CsvFailure } from './csv-error.ts';
import type { CsvRecord, ParsedRecords } from './record-parser.ts';

/** Records in few large values: a list of texts for each row would take longer to hand over than to parse. */
export interface PackedRecords {
  /** All cells, one after the other. */
  readonly text: string;
  /** Where each cell ends in the text. */
  readonly ends: Int32Array<ArrayBuffer>;
  /** For each record its line and how many cells it has. */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly failure: CsvFailure | undefined;
}

export function packRecords({ records, failure }: ParsedRecords): PackedRecords {
  const rows = new Int32Array(records.length * 2);
  let cellCount = 0;
  records.forEach(({ line, cells }, index) => {
    rows[index * 2] = line;
    rows[index * 2 + 1] = cells.length;
    cellCount += cells.length;
  });
  const ends = new Int32Array(cellCount);
  const texts: string[] = [];
  let cell = 0;
  let length = 0;
  for (const { cells } of records) {
    for (const text of cells) {
      length += text.length;
      ends[cell] = length;
      cell += 1;
    }
    texts.push(cells.join(''));
  }
  return { text: texts.join(''), ends, rows, failure };
}

export function unpackRecords({ text, ends, rows, failure }: PackedRecords): ParsedRecords {
  const records: CsvRecord[] = [];
  let cell = 0;
  let start = 0;
  for (let index = 0; index < rows.length; index += 2) {
    const cells = new Array<string>(rows[index + 1] as number);
    for (let position = 0; position < cells.length; position += 1) {
      const end = ends[cell] as number;
      cells[position] = text.slice(start, end);
      start = end;
      cell += 1;
    }
    records.push({ line: rows[index] as number, cells });
  }
  return { records, failure };
}
