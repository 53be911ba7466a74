import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { jsonChunks, type PayloadSource } from '../payload/serialise.ts';
import { wholeCharacters } from './payload-text.ts';

/** What the compressor gets at once: so much that it has work while a chunk of text is made. */
const blockBytes = 1024 * 1024;
/** One block is compressed, one waits, one is filled. */
const blocksInUse = 3;

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
    if (this.#free.length === 0 && this.#made >= blocksInUse) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const buffer = this.#free.pop();
    if (buffer !== undefined) return buffer;
    this.#made += 1;
    return new Uint8Array(blockBytes);
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
  // The output of a block fits one chunk: for each further chunk the compressor would wait for this thread.
  const gzip = createGzip({ level: 6, chunkSize: blockBytes });
  const buffers = new Buffers();
  const encoder = new TextEncoder();
  let textBytes = 0;
  let failed = false;
  const consume = async (): Promise<void> => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  };
  const produce = async (): Promise<void> => {
    let buffer = await buffers.take();
    let filled = 0;
    const flush = (): void => {
      const used = buffer;
      gzip.write(used.subarray(0, filled), () => buffers.give(used));
      textBytes += filled;
      filled = 0;
    };
    for (const chunk of wholeCharacters(chunks)) {
      for (let text = chunk; text !== ''; ) {
        const { read, written } = encoder.encodeInto(text, buffer.subarray(filled));
        filled += written;
        text = text.slice(read);
        if (text === '') break;
        flush();
        buffer = await buffers.take();
        if (failed) return;
      }
      signal?.throwIfAborted();
      // A turn of the event loop lets the compressor go on to its next block while the next chunk is made.
      await setImmediate();
      if (failed) return;
    }
    flush();
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
