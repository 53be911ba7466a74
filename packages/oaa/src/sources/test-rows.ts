import { Readable } from 'node:stream';
import type { RowSource } from './row.ts';

/** A stream of a text, in chunks of this many bytes. */
export function textStream(text: string | Uint8Array, chunkSizeBytes = Number.POSITIVE_INFINITY): Readable {
  const bytes = Buffer.from(text as string);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkSizeBytes) {
    chunks.push(bytes.subarray(at, Math.min(bytes.length, at + chunkSizeBytes)));
  }
  return Readable.from(chunks);
}

/** All rows of a source as `[line, cells]`, or `[line, cells, fault]`. */
export async function rowsOf(source: RowSource): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of source.batches()) {
    for (const { line, cells, fault } of batch) rows.push(fault === undefined ? [line, cells] : [line, cells, fault]);
  }
  return rows;
}

/** What a reading gives before it fails, and why it fails: `[rows, error]`. */
export async function rowsAndFailure(source: RowSource): Promise<[unknown[][], unknown]> {
  const rows: unknown[][] = [];
  try {
    for await (const batch of source.batches()) for (const { line, cells } of batch) rows.push([line, cells]);
  } catch (error) {
    return [rows, error];
  }
  return [rows, undefined];
}
