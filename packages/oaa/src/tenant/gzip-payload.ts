import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { jsonChunks, type PayloadSource } from '../payload/serialise.ts';
import { textBlocks } from './payload-text.ts';

const blockLength = 64 * 1024;
/** So many blocks are on their way to the compressor at most. */
const blocksOnTheWay = 8;

export interface GzipSink {
  /** Takes a piece of gzip data. */
  write(chunk: Uint8Array): void | Promise<void>;
}

/** The buffers in which blocks wait for the compressor; used again, so that a large payload leaves no garbage behind. */
class Buffers {
  readonly #free: Uint8Array[] = [];
  #made = 0;
  #wake: (() => void) | undefined;

  /** A buffer that nobody uses, as soon as there is one. */
  async take(): Promise<Uint8Array> {
    if (this.#free.length === 0 && this.#made >= blocksOnTheWay) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const buffer = this.#free.pop();
    if (buffer !== undefined) return buffer;
    this.#made += 1;
    return new Uint8Array(0);
  }

  give(buffer: Uint8Array): void {
    this.#free.push(buffer);
    this.#wake?.();
    this.#wake = undefined;
  }
}

/**
 * Compresses text with gzip (level 6) while it is made: the compressor works in a thread of its own on one block while
 * the next one is made. Returns the length of the text in bytes of UTF-8.
 */
export async function gzipText(
  chunks: Iterable<string>,
  sink: GzipSink,
  signal?: AbortSignal | undefined,
): Promise<number> {
  const gzip = createGzip({ level: 6 });
  const buffers = new Buffers();
  const encoder = new TextEncoder();
  let textBytes = 0;
  let failed = false;
  const consume = async (): Promise<void> => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  };
  const produce = async (): Promise<void> => {
    for (const text of textBlocks(chunks, blockLength)) {
      signal?.throwIfAborted();
      let buffer = await buffers.take();
      if (failed) return;
      if (buffer.length < text.length * 3) buffer = new Uint8Array(text.length * 3);
      const { written } = encoder.encodeInto(text, buffer);
      textBytes += written;
      const used = buffer;
      gzip.write(used.subarray(0, written), () => buffers.give(used));
      // A turn of the event loop lets the compressor go on to this block while the next one is made.
      await setImmediate();
    }
    gzip.end();
  };
  try {
    await Promise.all([
      consume().catch((error: unknown) => {
        failed = true;
        buffers.give(new Uint8Array(0));
        throw error;
      }),
      produce(),
    ]);
  } finally {
    gzip.destroy();
  }
  return textBytes;
}

/** Serialises a payload and compresses it as {@link gzipText} does. Returns the length of the JSON text in bytes. */
export function gzipPayload(payload: PayloadSource, sink: GzipSink, signal?: AbortSignal | undefined): Promise<number> {
  return gzipText(jsonChunks(payload), sink, signal);
}
