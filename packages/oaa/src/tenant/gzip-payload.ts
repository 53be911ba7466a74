import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { PayloadSource } from '../payload/serialise.ts';
import { utf8Blocks } from './payload-text.ts';

/** What waits for the compressor at most, so that writing the text cannot run away from it. */
const waitingBytes = 4 * 1024 * 1024;

export interface GzipSink {
  /** Takes a piece of gzip data. */
  write(chunk: Uint8Array): void | Promise<void>;
}

/**
 * Serialises a payload and compresses it with gzip (level 6) while it is serialised: the compressor works in a thread of
 * its own on one block while the next one is written. Returns the length of the JSON text in bytes.
 */
export async function gzipPayload(
  payload: PayloadSource,
  sink: GzipSink,
  signal?: AbortSignal | undefined,
): Promise<number> {
  const gzip = createGzip({ level: 6, chunkSize: 256 * 1024 });
  let jsonBytes = 0;
  const consume = async (): Promise<void> => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  };
  const produce = async (): Promise<void> => {
    for (const block of utf8Blocks(payload)) {
      signal?.throwIfAborted();
      jsonBytes += block.length;
      gzip.write(block);
      // A turn of the event loop lets the compressor go on to this block while the next one is made.
      await setImmediate();
      if (gzip.writableLength > waitingBytes) await once(gzip, 'drain', signal === undefined ? {} : { signal });
    }
    gzip.end();
  };
  try {
    await Promise.all([consume(), produce()]);
  } finally {
    gzip.destroy();
  }
  return jsonBytes;
}
