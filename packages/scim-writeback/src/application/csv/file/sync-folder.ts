import { open } from 'node:fs/promises';

/** Makes new names in a folder outlast a power cut where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Not every system opens folders; the files themselves are safe by then.
  }
}
