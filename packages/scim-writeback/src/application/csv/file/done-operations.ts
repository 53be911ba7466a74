import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafely } from './commit.ts';
import { digestOf, isMissing } from './digest-of.ts';
import type { StagedChange } from './replace-file.ts';
import { removeStaged, stagedPath } from './staged-file.ts';

const name = 'done.txt';

/** More operations than can be under way at a time. */
const keptKeys = 2_000;

/**
 * The keys of the last operations that were done. They are committed with the rows: so an operation that comes again, however
 * late, does nothing; and a row that is there already is told from the one that the operation itself has added before its
 * answer got lost.
 */
export async function isDone(folder: string, idempotencyKey: string): Promise<boolean> {
  return (await keys(folder)).includes(JSON.stringify(idempotencyKey));
}

/** Removes what was staged and not named. */
export function removeStagedDone(folder: string): Promise<void> {
  return removeStaged(join(folder, name));
}

/** Stages the list with one more key. */
export async function stageDone(folder: string, idempotencyKey: string): Promise<StagedChange> {
  const path = join(folder, name);
  const staged = stagedPath(path);
  const all = [...(await keys(folder)), JSON.stringify(idempotencyKey)].slice(-keptKeys);
  await writeSafely(staged, `${all.join('\n')}\n`);
  return { path, staged, digest: await digestOf(path) };
}

async function keys(folder: string): Promise<readonly string[]> {
  try {
    return (await readFile(join(folder, name), 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
