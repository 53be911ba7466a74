import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Table } from '../table.ts';
import { CsvSyntaxError, type RawRecord, RecordReader } from '../text/record-reader.ts';

const chunkBytes = 256 * 1024;

/** As the reader of sources has it: a longer record is mostly a quote that was never closed. */
const longestRecordUnits = 4 * 1024 * 1024;

/** Reads into a buffer until it is full or the file ends. */
async function fill(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/**
 * The records of a CSV file in batches, the header among them, with their places in bytes. Memory is bounded by the longest
 * record.
 *
 * @param hash is given all bytes of the file
 * @throws CsvSyntaxError with file and row: the header is the first, after lines that are skipped
 */
export async function* scanRecords(
  handle: FileHandle,
  { file, dialect }: Table,
  hash: Hash,
): AsyncGenerator<readonly RawRecord[]> {
  const { codec } = dialect;
  const at = (before: number, what: string) => new CsvSyntaxError(`${file}:${dialect.skipLines + before + 1}: ${what}`);
  let count = 0;
  const buffer = Buffer.alloc(chunkBytes);
  let rest = '';
  /** Of the first unit of `rest`, in bytes. */
  let offset = 0;
  let position = 0;
  let skipLines = dialect.skipLines;
  for (;;) {
    const filled = await fill(handle, buffer, position);
    const isWhole = filled < buffer.length;
    const bytes = buffer.subarray(0, filled);
    hash.update(bytes);
    const whole = bytes.subarray(0, filled - (filled % codec.unitBytes));
    const text = rest + codec.units(whole);
    const start = position === 0 && dialect.byteOrderMark !== '' && text.startsWith(dialect.byteOrderMark);
    const reader = new RecordReader(text, start ? dialect.byteOrderMark.length : 0, isWhole, dialect);
    position += filled;
    while (skipLines > 0 && reader.skipLine()) skipLines -= 1;
    const records: RawRecord[] = [];
    try {
      if (skipLines === 0 || isWhole) {
        for (let record = reader.next(); record !== undefined; record = reader.next()) {
          records.push(inBytes(record, offset, codec.unitBytes));
        }
      }
    } catch (error) {
      throw error instanceof CsvSyntaxError ? at(count + records.length, error.message) : error;
    }
    yield records;
    count += records.length;
    if (isWhole) return;
    rest = text.slice(reader.at);
    if (rest.length > longestRecordUnits) throw at(count, 'the row has more than 4,194,304 characters');
    offset += reader.at * codec.unitBytes;
  }
}

function inBytes(record: RawRecord, offset: number, unitBytes: number): RawRecord {
  return {
    cells: record.cells,
    start: offset + record.start * unitBytes,
    end: offset + record.end * unitBytes,
    next: offset + record.next * unitBytes,
  };
}
