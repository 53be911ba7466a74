import { statSync } from 'node:fs';
import { DirectoryUnwritableError } from '../directory-unwritable-error.ts';

/** Which file a path leads to; undefined where it leads to none. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/**
 * Gives the check that a path still leads to the file that it leads to now. A file that was deleted or replaced while it is
 * open takes all changes as before, and they are gone with the process.
 *
 * @returns what throws DirectoryUnwritableError where it does not; it takes some microseconds
 */
export function openedFileCheck(path: string): () => void {
  const opened = identityOf(path);
  return () => {
    if (opened === undefined || identityOf(path) !== opened) throw new DirectoryUnwritableError('file-replaced');
  };
}
