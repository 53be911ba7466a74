import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
};

/** How messages speak of a file. */
export interface FileWords {
  /** `state file`, `plan` ... */
  readonly noun: string;
  /** The option that names it. */
  readonly flag: string;
}

/** A fault of the file system as a UsageError `file-unwritable`; any other error as it is. */
export function unwritable(file: string, { noun, flag }: FileWords, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) return error;
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : `the system says ${code}`;
  return new UsageError('file-unwritable', `The ${noun} ${file} cannot be written: ${reason}.`, {
    hint: `Name a file in a folder that you may write to with ${flag}.`,
    cause: error,
  });
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

/**
 * Writes a file that only its owner may read (0600), so that it is there whole or not at all: beside its place, to the
 * disk, and then under its name. A link keeps pointing to where it pointed. Missing folders are made (0700).
 *
 * @throws UsageError `file-unwritable`; the old file is then what it was
 */
export async function writePrivateFile(file: string, text: string, words: FileWords): Promise<void> {
  let temporary: string | undefined;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const target = await realpath(file).catch(() => file);
    temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`);
    {
      await using handle = await open(temporary, 'wx', 0o600);
      await handle.writeFile(text);
      await handle.sync();
    }
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(file, words, error);
  }
}
