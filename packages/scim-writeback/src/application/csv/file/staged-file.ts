import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const chunkBytes = 1024 * 1024;

const ending = '.oaa-write-back';

/** A new place for the next state of a file: beside it, since only there it can take its name in one step. */
export function stagedPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}${ending}`);
}

/** Where the state that a staged file replaces is kept for a moment. */
export function keptPath(staged: string): string {
  return `${staged.slice(0, -ending.length)}.replaced${ending}`;
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
  #buffer: Buffer = Buffer.alloc(0);
  /** What was read last of the original, and where it stands there. */
  #window: Uint8Array = new Uint8Array();
  #windowStart = 0;
  #pending: Buffer = Buffer.alloc(0);
  #pendingBytes = 0;

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
    await this.#copy(start);
    await this.#write(bytes);
    this.#copied = end;
  }

  /** Copies what is left, and makes sure that it outlasts a power cut. */
  async finish(sizeBytes: number): Promise<void> {
    if (this.#output === undefined) return;
    await this.#copy(sizeBytes);
    await this.#flush();
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
      this.#buffer = Buffer.allocUnsafe(chunkBytes);
      this.#pending = Buffer.allocUnsafe(chunkBytes);
      return output;
    } catch (error) {
      await output.close();
      await rm(this.path, { force: true });
      throw error;
    }
  }

  /** Many changes in a file may be near to each other: what is between them is read in large pieces. */
  async #copy(end: number): Promise<void> {
    while (this.#copied < end) {
      const from = this.#copied - this.#windowStart;
      if (from < 0 || from >= this.#window.length) {
        const { bytesRead } = await this.#original.read(this.#buffer, 0, chunkBytes, this.#copied);
        // Cut short meanwhile: the digest will tell.
        if (bytesRead === 0) return;
        this.#window = this.#buffer.subarray(0, bytesRead);
        this.#windowStart = this.#copied;
        continue;
      }
      const piece = this.#window.subarray(from, Math.min(this.#window.length, end - this.#windowStart));
      await this.#write(piece);
      this.#copied += piece.length;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#pendingBytes + bytes.length > chunkBytes) await this.#flush();
    if (bytes.length > chunkBytes) return this.#output?.writeFile(bytes);
    this.#pending.set(bytes, this.#pendingBytes);
    this.#pendingBytes += bytes.length;
  }

  async #flush(): Promise<void> {
    await this.#output?.writeFile(this.#pending.subarray(0, this.#pendingBytes));
    this.#pendingBytes = 0;
  }
}
