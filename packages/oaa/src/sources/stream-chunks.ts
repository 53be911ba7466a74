import type { Readable } from 'node:stream';

/**
 * The chunks of a stream, one at a time as they are asked for. Unlike the stream's own iterator it hands on what was
 * read before a failure, so that problems are found in the same order every time. Destroys the stream at the end.
 */
export async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  let wake: (() => void) | undefined;
  let failure: unknown;
  let closed = false;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  stream.on('readable', notify);
  stream.on('end', notify);
  stream.on('error', (error) => {
    failure = error;
    notify();
  });
  stream.on('close', () => {
    closed = true;
    notify();
  });
  try {
    for (;;) {
      const chunk = stream.read() as Buffer | null;
      if (chunk !== null) yield chunk;
      else if (stream.readableEnded) return;
      else if (failure !== undefined) throw failure;
      else if (closed) throw new Error('The stream was closed while it was read.');
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stream.destroy();
  }
}
