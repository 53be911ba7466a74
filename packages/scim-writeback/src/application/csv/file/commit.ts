import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ApplicationOperation } from '../../../directory/write-back.ts';
import { digestOf, isMissing } from './digest-of.ts';
import { type KeptEdit, markOf, replaceFile, type StagedChange, settle } from './replace-file.ts';
import { syncFolder } from './sync-folder.ts';

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

/** Who is told while files get their names. */
export interface CommitWatch {
  readonly step: StepSeam;
  readonly onKeptEdit: (edit: KeptEdit) => void;
}

/**
 * Gives staged files their names: all of them, or none. What they replace is left for {@link settle}.
 *
 * @returns `edited` when somebody changed one of the files since it was read. Nothing of them is lost: before the journal
 *   is written nothing has happened, and after it the journal stays for {@link finishJournal}.
 */
export async function commit(
  folder: string,
  journal: Journal,
  { step, onKeptEdit }: CommitWatch,
): Promise<'done' | 'edited'> {
  const marks: string[] = [];
  for (const { path, digest } of journal.changes) {
    marks.push(await markOf(path));
    if ((await digestOf(path)) !== digest) return 'edited';
  }
  await step('before journal');
  await writeJournal(folder, journal);
  await step('journal');
  for (const [index, change] of journal.changes.entries()) {
    const named = () => step(`renamed ${index + 1}`);
    if ((await replaceFile(change, marks[index] ?? '', named, onKeptEdit)) === 'edited') return 'edited';
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
export async function finishJournal({ changes }: Journal, onKeptEdit: CommitWatch['onKeptEdit']): Promise<void> {
  let isEdited = false;
  for (const change of changes) {
    const { path, staged, digest } = change;
    // What is no longer staged has its name already.
    if ((await markOf(staged)) === 'none') continue;
    // From an attempt that did not get as far as the name.
    await settle([change], onKeptEdit);
    const mark = await markOf(path);
    // Behind one that has to be done again, nothing may look as if all were done.
    isEdited ||= (await digestOf(path)) !== digest;
    isEdited ||= (await replaceFile(change, mark, () => undefined, onKeptEdit)) === 'edited';
    if (isEdited) await rm(staged, { force: true });
  }
  await settle(changes, onKeptEdit);
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
