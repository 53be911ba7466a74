import type { CsvFailure } from './csv-error.ts';
import type { CsvRecord, ParsedRecords } from './record-parser.ts';

/** Records in few large values: a list of texts for each row would take longer to hand over than to parse. */
export interface PackedRecords {
  /** All cells, one after the other: a byte for each character, or two (UTF-16) where there are others than Latin-1. */
  readonly text: Uint8Array<ArrayBuffer>;
  readonly bytesPerCharacter: 1 | 2;
  /** Where each cell ends in the text, in bytes. */
  readonly ends: Int32Array<ArrayBuffer>;
  /** For each record its line and how many cells it has. */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly failure: CsvFailure | undefined;
}

function bytesOf(text: string, bytesPerCharacter: 1 | 2): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * bytesPerCharacter);
  Buffer.from(bytes.buffer).write(text, bytesPerCharacter === 1 ? 'latin1' : 'utf16le');
  return bytes;
}

export function packRecords({ records, failure }: ParsedRecords): PackedRecords {
  const rows = new Int32Array(records.length * 2);
  const texts: string[] = [];
  let cellCount = 0;
  records.forEach(({ line, cells }, index) => {
    rows[index * 2] = line;
    rows[index * 2 + 1] = cells.length;
    cellCount += cells.length;
    texts.push(cells.join(''));
  });
  const text = texts.join('');
  const bytesPerCharacter = /[^\0-\xff]/.test(text) ? 2 : 1;
  const ends = new Int32Array(cellCount);
  let cell = 0;
  let end = 0;
  for (const { cells } of records) {
    for (const { length } of cells) {
      end += length * bytesPerCharacter;
      ends[cell] = end;
      cell += 1;
    }
  }
  return { text: bytesOf(text, bytesPerCharacter), bytesPerCharacter, ends, rows, failure };
}

/** The records. Each cell is a text of its own: pieces of one text would keep all of it as long as one of them is kept. */
export function unpackRecords({ text, bytesPerCharacter, ends, rows, failure }: PackedRecords): ParsedRecords {
  const buffer = Buffer.from(text.buffer);
  const encoding = bytesPerCharacter === 1 ? 'latin1' : 'utf16le';
  const records: CsvRecord[] = [];
  let cell = 0;
  let start = 0;
  for (let index = 0; index < rows.length; index += 2) {
    const cells = new Array<string>(rows[index + 1] as number);
    for (let position = 0; position < cells.length; position += 1) {
      const end = ends[cell] as number;
      cells[position] = buffer.toString(encoding, start, end);
      start = end;
      cell += 1;
    }
    records.push({ line: rows[index] as number, cells });
  }
  return { records, failure };
}
