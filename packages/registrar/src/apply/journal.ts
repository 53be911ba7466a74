import { open, readFile, rm, truncate } from 'node:fs/promises';
import type { Plan } from '../plan/plan.ts';
import { unwritable, writePrivateFile } from '../state/index.ts';
import { type JournalEvent, type JournalHeader, type JournalRecord, parseJournal } from './journal-record.ts';

/** It lies beside the state file: no option names it. */
const words = { noun: 'journal' };

/** Where an apply notes what it does: beside the state file, one JSON document a line. No secret is in it. */
export function journalFile(stateFile: string): string {
  return `${stateFile}.journal.jsonl`;
}

/** The journal of an apply that is under way. */
export interface Journal {
  /** On the disk when this resolves. @throws UsageError `file-unwritable` */
  write(event: JournalEvent): Promise<void>;
  /** Nothing is left to resume. @throws UsageError `file-unwritable` */
  remove(): Promise<void>;
}

/** Of a state that ends with the process nothing can be resumed. */
const noJournal: Journal = { write: () => Promise.resolve(), remove: () => Promise.resolve() };

async function writing(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw unwritable(file, words, error);
  }
}

function journalAt(file: string): Journal {
  return {
    write: (event) =>
      writing(file, async () => {
        await using handle = await open(file, 'a', 0o600);
        await handle.writeFile(`${JSON.stringify(event)}\n`);
        await handle.sync();
      }),
    remove: () => writing(file, () => rm(file, { force: true })),
  };
}

/** Begins the journal of a plan. @throws UsageError `file-unwritable` */
export async function beginJournal(stateFile: string | undefined, plan: Plan, startedAt: string): Promise<Journal> {
  if (stateFile === undefined) return noJournal;
  const file = journalFile(stateFile);
  const header: JournalHeader = { format: 'oaa-registrar-journal', version: 1, startedAt, plan };
  await writePrivateFile(file, `${JSON.stringify(header)}\n`, words);
  return journalAt(file);
}

/**
 * The journal of an apply that has not finished; undefined when there is none.
 *
 * @throws InputError for a damaged one
 */
export async function readJournal(stateFile: string | undefined): Promise<JournalRecord | undefined> {
  if (stateFile === undefined) return undefined;
  const file = journalFile(stateFile);
  try {
    return parseJournal(file, await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Goes on with a journal that was read. @throws UsageError `file-unwritable` */
export async function continueJournal(stateFile: string, { wholeBytes }: JournalRecord): Promise<Journal> {
  const file = journalFile(stateFile);
  await writing(file, () => truncate(file, wholeBytes));
  return journalAt(file);
}
