import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';
import { replaceFile, whyUnwritable } from '@oaa-kit/oaa/settings';

/** How messages speak of a file. */
export interface FileWords {
  /** `state file`, `plan` ... */
  readonly noun: string;
  /** The option that names it. */
  readonly flag: string;
}

/** A fault of the file system as a UsageError `file-unwritable`; any other error as it is. */
export function unwritable(file: string, { noun, flag }: FileWords, error: unknown): unknown {
  const reason = whyUnwritable(error);
  if (reason === undefined) return error;
  return new UsageError('file-unwritable', `The ${noun} ${file} cannot be written: ${reason}.`, {
    hint: `Name a file in a folder that you may write to with ${flag}.`,
    cause: error,
  });
}

/**
 * Writes a file that only its owner may read (0600), so that it is there whole or not at all. A link keeps pointing to
 * where it pointed. Missing folders are made (0700).
 *
 * @throws UsageError `file-unwritable`; the old file is then what it was
 */
export async function writePrivateFile(file: string, text: string, words: FileWords): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const target = await realpath(file).catch(() => file);
    await replaceFile(target, { mode: 0o600 }, (handle) => handle.writeFile(text));
  } catch (error) {
    throw unwritable(file, words, error);
  }
}
