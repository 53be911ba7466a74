import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors/index.ts';
import { type Baseline, decodeBaseline, digestOf, encodeBaseline } from './baseline.ts';

/** A data source of a tenant, by the ids that the tenant gave. */
export interface BaselineKey {
  readonly tenantUrl: string;
  readonly providerId: string;
  readonly dataSourceId: string;
}

/** A baseline and the file that it was read from. */
export interface StoredBaseline {
  readonly file: string;
  readonly baseline: Baseline;
}

/** What is remembered of a data source. */
export interface StoredState {
  /** The last push that the tenant confirmed. */
  readonly confirmed: StoredBaseline | undefined;
  /** Pushes of which it is not known whether the tenant has taken them in. */
  readonly pending: readonly StoredBaseline[];
}

const confirmedEnd = '.baseline';
const pendingEnd = '.pending';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The baselines in a state folder: for each data source one file of the last confirmed push, and one for each push whose
 * outcome is unknown. Files have mode 0600 and appear whole or not at all; of two writers the last wins.
 */
export class BaselineStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  #base({ tenantUrl, providerId, dataSourceId }: BaselineKey): string {
    const key = JSON.stringify([tenantUrl, providerId, dataSourceId]);
    return createHash('sha256').update(key).digest('hex').slice(0, 32);
  }

  /**
   * @throws GuardError `baseline-invalid` for a file that is damaged or of another version
   * @throws UsageError `file-unreadable`
   */
  async read(key: BaselineKey): Promise<StoredState> {
    const base = this.#base(key);
    const names = (await this.#names()).filter((name) => name.startsWith(`${base}.`)).sort();
    const confirmed = names.includes(`${base}${confirmedEnd}`) ? await this.#load(`${base}${confirmedEnd}`) : undefined;
    const pending: StoredBaseline[] = [];
    for (const name of names) {
      const found = name.endsWith(pendingEnd) ? await this.#load(name) : undefined;
      if (found !== undefined) pending.push(found);
    }
    return { confirmed, pending };
  }

  /**
   * Remembers a push that is about to be sent. The same payload has the same file.
   *
   * @throws UsageError `file-unwritable`
   */
  async writePending(key: BaselineKey, baseline: Baseline): Promise<string> {
    const file = join(this.folder, `${this.#base(key)}.${digestOf(baseline).slice(0, 16)}${pendingEnd}`);
    try {
      await this.#write(file, baseline);
    } catch (error) {
      throw new UsageError(
        'file-unwritable',
        `The record of this push cannot be written in ${this.folder}: ${reasonOf(error)}. Nothing was sent.`,
        { hint: 'Name a folder that you may write to with --state-dir or OAA_STATE_DIR.', cause: error },
      );
    }
    return file;
  }

  /** Makes a pending push the confirmed one. Another push may have tidied it away: then it is written again. */
  async confirm(key: BaselineKey, pending: string, baseline: Baseline): Promise<void> {
    const file = join(this.folder, `${this.#base(key)}${confirmedEnd}`);
    try {
      await rename(pending, file);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#write(file, baseline);
    }
  }

  /** Forgets files; one that is gone is fine. */
  async remove(files: readonly string[]): Promise<void> {
    for (const file of files) await rm(file, { force: true });
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw this.#unreadable(this.folder, error);
    }
  }

  /** Undefined when another push has just removed it. */
  async #load(name: string): Promise<StoredBaseline | undefined> {
    const file = join(this.folder, name);
    let bytes: Uint8Array;
    try {
      bytes = await readFile(file);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw this.#unreadable(file, error);
    }
    return { file, baseline: decodeBaseline(bytes, file) };
  }

  #unreadable(path: string, cause: unknown): UsageError {
    return new UsageError('file-unreadable', `Cannot read ${path}: ${reasonOf(cause)}. Nothing was sent.`, {
      hint: 'Records of pushes are kept there. Make it readable, or name another folder with --state-dir or OAA_STATE_DIR.',
      cause,
    });
  }

  async #write(file: string, baseline: Baseline): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.folder, `.${randomUUID()}.tmp`);
    try {
      await using handle = await open(temporary, 'wx', 0o600);
      for (const piece of encodeBaseline(baseline)) await handle.writeFile(piece);
      await handle.datasync();
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await rename(temporary, file);
  }
}
