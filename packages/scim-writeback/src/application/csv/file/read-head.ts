import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Table } from '../table.ts';
import { readCell } from '../text/cell.ts';
import { CsvSyntaxError, type RawRecord } from '../text/record-reader.ts';
import { scanRecords } from './scan-records.ts';

/** What a file begins with. */
export interface TableHead {
  readonly columns: readonly string[];
  /** All that stands before the first row. */
  readonly bytes: Buffer;
}

/** Reads the header of a table, and all else for faults. @throws CsvSyntaxError, and what the system says of the file */
export async function readHead(table: Table): Promise<TableHead> {
  const { dialect, file, path } = table;
  await using handle = await open(path, 'r');
  const upTo = async (end: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(end);
    await handle.read(bytes, 0, end, 0);
    return bytes;
  };
  let first: RawRecord | undefined;
  for await (const records of scanRecords(handle, table, createHash('sha256'))) first ??= records[0];
  if (first !== undefined) {
    if (dialect.columns !== undefined) return { columns: dialect.columns, bytes: await upTo(first.start) };
    return {
      columns: first.cells.map((cell) => readCell(cell, dialect).trim()),
      bytes: await upTo(first.next),
    };
  }
  if (dialect.columns === undefined) throw new CsvSyntaxError(`${file} has no header row`);
  return { columns: dialect.columns, bytes: await upTo((await handle.stat()).size) };
}
