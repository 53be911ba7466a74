import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'something is there already',
  EISDIR: 'it is a folder',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'it would be larger than files may be here',
};

/** Why the system did not let a file be written, in words; undefined for what is no error of the file system. */
export function whyUnwritable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  // Of a folder that was to be made where a file is.
  if (code === 'EEXIST' && syscall === 'mkdir') return reasons.ENOTDIR;
  return Object.hasOwn(reasons, code) ? reasons[code] : `the system says ${code}`;
}

/** Makes a new name outlast a power cut where the system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Not every system opens folders; the file itself is safe by then.
  }
}

export interface ReplaceFileOptions {
  /** Of the file that is made, but for what the process takes away from all of its files. */
  readonly mode: number;
  /** Runs when everything is on the disk and before the file gets its name; what it throws leaves the old file in place. */
  readonly beforeCommit?: (() => Promise<void> | void) | undefined;
}

/**
 * Puts a file in the place of another one, or where none is, whole or not at all: beside its place, to the disk, and then
 * under its name. After any failure an old file is what it was, and nothing lies beside it.
 *
 * @param path without links: a link would be replaced by the file
 * @param write writes all of it
 * @returns what `write` has returned
 * @throws errors of the file system as they are (`whyUnwritable` says them in words)
 */
export async function replaceFile<Result>(
  path: string,
  { mode, beforeCommit }: ReplaceFileOptions,
  write: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`);
  const handle = await open(temporary, 'wx', mode);
  try {
    let result: Result;
    try {
      result = await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeCommit?.();
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return result;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
