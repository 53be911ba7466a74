import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PayloadSource } from '../payload/serialise.ts';
import { base64Length } from './base64.ts';
import { utf8Chunks } from './payload-text.ts';

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
  let jsonBytes = 0;
  let gzipBytes = 0;
  let chunks: Uint8Array[] = [];
  function* counted(): Generator<Uint8Array> {
    for (const chunk of utf8Chunks(payload)) {
      jsonBytes += chunk.length;
      yield chunk;
    }
  }
  await pipeline(
    Readable.from(counted(), { objectMode: false }),
    createGzip({ level: 6, chunkSize: 64 * 1024 }),
    async (source: AsyncIterable<Uint8Array>) => {
      for await (const chunk of source) {
        gzipBytes += chunk.length;
        if (base64Length(gzipBytes) > keepBase64Bytes) chunks = [];
        else chunks.push(chunk);
      }
    },
    { ...(signal === undefined ? {} : { signal }) },
  );
  return { chunks, base64Bytes: base64Length(gzipBytes), jsonBytes };
}
