import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ApplicationOperation } from '../../../directory/write-back.ts';
import { syncFolder } from './sync-folder.ts';

/** A file whose next state is staged. */
export interface StagedChange {
  readonly path: string;
  readonly staged: string;
  /** SHA-256 of the state that it was made from, hex; undefined: there was no file. */
  readonly digest: string | undefined;
}

/** Changes that belong together, on their way: written once all are staged, gone once all have their names. */
export interface Journal {
  readonly version: 1;
  readonly idempotencyKey: string;
  readonly operation: ApplicationOperation;
  readonly changes: readonly StagedChange[];
}

/** Where a process can be stopped in tests; does nothing else. */
export type StepSeam = (step: string) => Promise<void> | void;

const journalName = 'journal.json';

/** Undefined where there is no such file. */
export async function digestOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** What tells that a file is still the one that was looked at: cheaper than its digest, and enough for an instant. */
async function markOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    if (isMissing(error)) return 'none';
    throw error;
  }
}

/**
 * Gives staged files their names: all of them, or none.
 *
 * @returns `edited` when somebody changed one of the files since it was read. Nothing of them is lost: before the journal
 *   is written nothing has happened, and after it the journal stays for {@link finishJournal}.
 */
export async function commit(folder: string, journal: Journal, step: StepSeam): Promise<'done' | 'edited'> {
  const marks: string[] = [];
  for (const { path, digest } of journal.changes) {
    marks.push(await markOf(path));
    if ((await digestOf(path)) !== digest) return 'edited';
  }
  await step('before journal');
  await writeJournal(folder, journal);
  await step('journal');
  for (const [index, { path, staged }] of journal.changes.entries()) {
    if ((await markOf(path)) !== marks[index]) return 'edited';
    await rename(staged, path);
    await step(`renamed ${index + 1}`);
  }
  await forget(folder, journal);
  await step('done');
  return 'done';
}

/** The journal that a process left behind. */
export async function readJournal(folder: string): Promise<Journal | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, journalName), 'utf8')) as Journal;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Gives the rest of the staged files their names, up to the first that somebody changed meanwhile: its staged state and those
 * behind it are dropped. The journal stays until {@link forget}.
 */
export async function finishJournal({ changes }: Journal): Promise<void> {
  let isEdited = false;
  for (const { path, staged, digest } of changes) {
    // What is no longer staged has its name already.
    if ((await markOf(staged)) === 'none') continue;
    // Behind one that has to be done again, nothing may look as if all were done.
    isEdited ||= (await digestOf(path)) !== digest;
    if (isEdited) await rm(staged, { force: true });
    else await rename(staged, path);
  }
}

/** Ends a journal, once all new names are safe. */
export async function forget(folder: string, { changes }: Journal): Promise<void> {
  for (const parent of new Set(changes.map(({ path }) => dirname(path)))) await syncFolder(parent);
  await rm(join(folder, journalName), { force: true });
  await syncFolder(folder);
}

async function writeJournal(folder: string, journal: Journal): Promise<void> {
  // The staged files have to be found after a power cut when their journal is.
  for (const parent of new Set(journal.changes.map(({ staged }) => dirname(staged)))) await syncFolder(parent);
  await writeSafely(join(folder, `${journalName}.new`), JSON.stringify(journal));
  await rename(join(folder, `${journalName}.new`), join(folder, journalName));
  await syncFolder(folder);
}

/** Writes a file of ours to the disk. */
export async function writeSafely(path: string, text: string): Promise<void> {
  await using handle = await open(path, 'w', 0o600);
  await handle.writeFile(text);
  await handle.sync();
}
