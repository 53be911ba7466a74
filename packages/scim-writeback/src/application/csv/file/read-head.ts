import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Table } from '../table.ts';
import { readCell } from '../text/cell.ts';
import { CsvSyntaxError } from '../text/record-reader.ts';
import { scanRecords } from './scan-records.ts';

/** What a file begins with. */
export interface TableHead {
  readonly columns: readonly string[];
  /** Up to the end of the header row. */
  readonly bytes: Buffer;
}

/** Reads the header of a table. @throws CsvSyntaxError, and what the system says of the file */
export async function readHead(table: Table): Promise<TableHead> {
  const { dialect, file, path } = table;
  await using handle = await open(path, 'r');
  if (dialect.columns !== undefined) return { columns: dialect.columns, bytes: Buffer.alloc(0) };
  for await (const [header] of scanRecords(handle, dialect, createHash('sha256'))) {
    if (header === undefined) continue;
    const bytes = Buffer.alloc(header.next);
    await handle.read(bytes, 0, bytes.length, 0);
    return { columns: header.cells.map((cell) => readCell(cell, dialect).trim()), bytes };
  }
  throw new CsvSyntaxError(`${file} has no header row`);
}
