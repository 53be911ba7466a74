import type { PayloadSource } from '../payload/serialise.ts';
import { base64Length } from './base64.ts';
import { gzipPayload } from './gzip-payload.ts';

export interface CompressedPayload {
  /** The gzip data in pieces; empty when it grew beyond the limit. */
  readonly chunks: readonly Uint8Array[];
  /** Length of the gzip data after base64. */
  readonly base64Bytes: number;
  /** Length of the JSON text. */
  readonly jsonBytes: number;
}

/** Serialises and compresses a payload as a stream; keeps only data of at most `keepBase64Bytes` after base64. */
export async function compress(
  payload: PayloadSource,
  keepBase64Bytes: number,
  signal: AbortSignal | undefined,
): Promise<CompressedPayload> {
  let gzipBytes = 0;
  let chunks: Uint8Array[] = [];
  const keep = (chunk: Uint8Array): void => {
    gzipBytes += chunk.length;
    if (base64Length(gzipBytes) > keepBase64Bytes) chunks = [];
    else chunks.push(chunk);
  };
  const jsonBytes = await gzipPayload(payload, { write: keep }, signal);
  return { chunks, base64Bytes: base64Length(gzipBytes), jsonBytes };
}
