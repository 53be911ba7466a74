import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';
import { replaceFile, whyUnwritable, withoutLinks } from '@oaa-kit/oaa/settings';

/** How messages speak of a file. */
export interface FileWords {
  /** `state file`, `plan` ... */
  readonly noun: string;
  /** The option that names it. */
  readonly flag: string;
}

/** Of a file that is written; without `flag` where another name would not do. */
type WritingWords = Pick<FileWords, 'noun'> & Partial<FileWords>;

/** A fault of the file system as a UsageError `file-unwritable`; any other error as it is. */
export function unwritable(file: string, { noun, flag }: WritingWords, error: unknown): unknown {
  const reason = whyUnwritable(error);
  if (reason === undefined) return error;
  return new UsageError('file-unwritable', `The ${noun} ${file} cannot be written: ${reason}.`, {
    hint:
      flag === undefined
        ? 'Make room for it on its disk, and let it be written to.'
        : `Name a file in a folder that you may write to with ${flag}.`,
    cause: error,
  });
}

/**
 * Where a file is, or will be, without links. Missing folders on the way are made (0700), also behind links.
 *
 * @throws errors of the file system as they are
 */
export async function makePlace(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const place = await withoutLinks(file);
  return place === file ? place : makePlace(place);
}

/**
 * Writes a file that only its owner may read (0600), so that it is there whole or not at all. A link keeps pointing to
 * where it pointed. Missing folders are made (0700).
 *
 * @throws UsageError `file-unwritable`; the old file is then what it was
 */
export async function writePrivateFile(file: string, text: string, words: WritingWords): Promise<void> {
  try {
    await replaceFile(await makePlace(file), { mode: 0o600 }, (handle) => handle.writeFile(text));
  } catch (error) {
    throw unwritable(file, words, error);
  }
}
