import { stat } from 'node:fs/promises';
import { UsageError } from '../errors/index.ts';
import { printableLine } from './printable.ts';

/**
 * Sees that a file which is made for people to work on is not there yet.
 *
 * @param path absolute path
 * @param name how the file was named with `--out`
 * @param what `mapping`, `manifest` ...
 * @throws UsageError `usage` when there is a file
 */
export async function refuseOverwriting(path: string, name: string, what: string): Promise<void> {
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return;
  throw new UsageError(
    'usage',
    `${printableLine(name)} is there already; a ${what} that somebody worked on is not overwritten.`,
    { hint: 'Name another file with --out, or move this one away.' },
  );
}
