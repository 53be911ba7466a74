import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const chunkBytes = 1024 * 1024;

const ending = '.oaa-write-back';

/** A new place for the next state of a file: beside it, since only there it can take its name in one step. */
export function stagedPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}${ending}`);
}

/** Removes what processes that ended have staged of a file and not named. Only where nobody else stages. */
export async function removeStaged(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(start) && name.endsWith(ending)) await rm(join(folder, name), { force: true });
  }
}

/**
 * The next state of a file: its bytes, but for the places that are replaced. Replacements come in the order of their places;
 * nothing is written before the first.
 */
export class StagedFile {
  readonly path: string;
  readonly #original: FileHandle;
  #output: FileHandle | undefined;
  #copied = 0;

  constructor(path: string, original: FileHandle) {
    this.path = stagedPath(path);
    this.#original = original;
  }

  get isChanged(): boolean {
    return this.#output !== undefined;
  }

  /** Puts bytes in the place of those from `start` to `end`. */
  async replace(start: number, end: number, bytes: Uint8Array): Promise<void> {
    this.#output ??= await this.#create();
    await this.#copy(this.#output, start);
    await this.#output.writeFile(bytes);
    this.#copied = end;
  }

  /** Copies what is left, and makes sure that it outlasts a power cut. */
  async finish(sizeBytes: number): Promise<void> {
    if (this.#output === undefined) return;
    await this.#copy(this.#output, sizeBytes);
    await this.#output.sync();
    await this.#output.close();
  }

  async discard(): Promise<void> {
    await this.#output?.close().catch(() => undefined);
    if (this.#output !== undefined) await rm(this.path, { force: true });
  }

  /** With the mode and the owner of the original, or not at all: the application has to go on reading it. */
  async #create(): Promise<FileHandle> {
    const { mode, uid, gid } = await this.#original.stat();
    const output = await open(this.path, 'wx', 0o600);
    try {
      const own = await output.stat();
      if (own.uid !== uid || own.gid !== gid) await output.chown(uid, gid);
      await output.chmod(mode & 0o7777);
      return output;
    } catch (error) {
      await output.close();
      await rm(this.path, { force: true });
      throw error;
    }
  }

  async #copy(output: FileHandle, end: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(0, end - this.#copied)));
    while (this.#copied < end) {
      const length = Math.min(buffer.length, end - this.#copied);
      const { bytesRead } = await this.#original.read(buffer, 0, length, this.#copied);
      // Cut short meanwhile: the digest will tell.
      if (bytesRead === 0) return;
      await output.writeFile(buffer.subarray(0, bytesRead));
      this.#copied += bytesRead;
    }
  }
}
