import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { UsageError } from '../errors/index.ts';
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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'it would be larger than files may be here',
};

function unwritable({ name, flag }: WholeFileOptions, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) return error;
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : `the system says ${code}`;
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

/** Makes the new name outlast a power cut where the system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Not every system opens folders; the file itself is safe by then.
  }
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
  let temporary: string | undefined;
  try {
    const target = await realpath(path).catch(() => path);
    const old = await stat(target).catch(() => undefined);
    if (old?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', syscall: 'open' });
    if (old !== undefined && !old.isFile()) {
      await using handle = await open(target, 'w');
      await write(handle, chunks, gzip, signal);
      await beforeCommit?.();
      return 0;
    }
    const place = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`);
    const handle = await open(place, 'wx', (old?.mode ?? 0o666) & 0o777);
    temporary = place;
    let sizeBytes: number;
    try {
      await write(handle, chunks, gzip, signal);
      await handle.sync();
      sizeBytes = (await handle.stat()).size;
    } finally {
      await handle.close();
    }
    await beforeCommit?.();
    signal.throwIfAborted();
    await rename(temporary, target);
    temporary = undefined;
    await syncFolder(dirname(target));
    return sizeBytes;
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(options, error);
  }
}
