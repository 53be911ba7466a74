import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Where a file is, or will be: its path without links, also where a link points to nothing yet. A path in a folder that does
 * not exist is given back as it is.
 *
 * @throws errors of the file system as they are; `ELOOP` for links that go in a circle
 */
export async function withoutLinks(file: string): Promise<string> {
  const place = await existing(file);
  if (place !== undefined) return place;
  const folder = await existing(dirname(file));
  if (folder === undefined) return file;
  const target = await readlink(join(folder, basename(file))).catch(() => undefined);
  return target === undefined ? join(folder, basename(file)) : withoutLinks(resolve(folder, target));
}

async function existing(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
