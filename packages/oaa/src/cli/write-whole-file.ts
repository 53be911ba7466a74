import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { UsageError } from '../errors/index.ts';
import { replaceFile, whyUnwritable } from '../settings/replace-file.ts';
import { withoutLinks } from '../settings/without-links.ts';
import { gzipText } from '../tenant/gzip-payload.ts';
import { printableLine } from './printable.ts';

export interface WholeFileOptions {
  /** How messages call the file. */
  readonly name: string;
  /** Which option names the file, for messages. */
  readonly flag: string;
  readonly signal: AbortSignal;
  /** Runs when everything is written and before the file gets its name; what it throws leaves the old file in place. */
  readonly beforeCommit?: () => Promise<void> | void;
}

function unwritable({ name, flag }: WholeFileOptions, error: unknown): unknown {
  const reason = whyUnwritable(error);
  if (reason === undefined) return error;
  return new UsageError('file-unwritable', `Cannot write ${printableLine(name)}: ${reason}. Nothing was written.`, {
    hint: `Name a file with ${flag} in a folder that you may write to and that has room.`,
    cause: error,
  });
}

async function write(handle: FileHandle, chunks: Chunks, gzip: boolean, signal: AbortSignal): Promise<void> {
  // A write stream would keep the handle from being closed.
  const target = (pieces: AsyncIterable<string | Uint8Array>) => handle.writeFile(pieces);
  const source = Readable.from(chunks, { objectMode: true });
  if (gzip && Symbol.iterator in chunks) {
    const append = async (chunk: Uint8Array): Promise<void> => {
      await handle.appendFile(chunk);
    };
    await gzipText(chunks, { write: append }, signal);
  } else if (gzip) await pipeline(source, createGzip(), target, { signal });
  else await pipeline(source, target, { signal });
}

type Chunks = Iterable<string> | AsyncIterable<string>;

/**
 * Writes a file so that it is there whole or not at all: beside its place, to the disk, and then under its name. After
 * any failure (also of `chunks` or `beforeCommit`, and after a signal) an old file is what it was. A name that ends in
 * `.gz` is compressed. What is no file (a pipe, `/dev/null`) is written directly.
 *
 * @returns the size of the file in bytes
 * @throws UsageError `file-unwritable`
 */
export async function writeWholeFile(path: string, chunks: Chunks, options: WholeFileOptions): Promise<number> {
  const { signal, beforeCommit } = options;
  const gzip = path.toLowerCase().endsWith('.gz');
  try {
    const target = await withoutLinks(path);
    const old = await stat(target).catch(() => undefined);
    if (old?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', syscall: 'open' });
    if (old !== undefined && !old.isFile()) {
      await using handle = await open(target, 'w');
      await write(handle, chunks, gzip, signal);
      await beforeCommit?.();
      return 0;
    }
    const commit = async (): Promise<void> => {
      await beforeCommit?.();
      signal.throwIfAborted();
    };
    const mode = (old?.mode ?? 0o666) & 0o777;
    return await replaceFile(target, { mode, beforeCommit: commit }, async (handle) => {
      await write(handle, chunks, gzip, signal);
      return (await handle.stat()).size;
    });
  } catch (error) {
    throw unwritable(options, error);
  }
}
