import { randomUUID } from 'node:crypto';
import { renameSync, statSync } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { digestOf, isMissing } from './digest-of.ts';
import { keptPath } from './staged-file.ts';

/** A file whose next state is staged. */
export interface StagedChange {
  readonly path: string;
  readonly staged: string;
  /** SHA-256 of the state that it was made from, hex; undefined: there was no file. */
  readonly digest: string | undefined;
}

/** What somebody wrote into a file while its next state took its place, and which could not go into that. */
export interface KeptEdit {
  readonly path: string;
  /** A file beside it: the whole of its old state, with the edit. */
  readonly keptAs: string;
}

/** What a file system says that has no hard links, or none for this file. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

/** What tells that a file is still the one that was looked at; 'none' where there is no file. */
export async function markOf(path: string): Promise<string> {
  try {
    return markText(await stat(path, { bigint: true }));
  } catch (error) {
    if (isMissing(error)) return 'none';
    throw error;
  }
}

/**
 * Gives a staged file its name, unless the file there is another one than `mark` says. The state that it replaces stays
 * reachable until {@link settle}: an edit that goes into it after the last look is seen afterwards, and put back.
 *
 * @param named where a process can be stopped in tests
 * @returns `edited`: the file is as somebody edited it, and its next state is staged still
 */
export async function replaceFile(
  { path, staged }: StagedChange,
  mark: string,
  named: () => Promise<void> | void,
  onKeptEdit: (edit: KeptEdit) => void,
): Promise<'done' | 'edited'> {
  const kept = keptPath(staged);
  await keep(path, kept);
  const next = await markOf(staged);
  // With nothing of this process in between: what is left is the instant between two calls of the system.
  if (markNow(path) !== mark) return 'edited';
  renameSync(staged, path);
  await named();
  const replaced = await markOf(kept);
  if (replaced === 'none' || replaced === mark) return 'done';
  await link(path, staged);
  await rename(kept, path);
  // Edited as well, in the meantime. It stays staged, too, or it would look as if it had its name.
  if ((await markOf(staged)) !== next) await setAside(path, staged, onKeptEdit);
  return 'edited';
}

/** Lets go of the states that were replaced; what somebody has written into one of them stays beside its file. */
export async function settle(changes: readonly StagedChange[], onKeptEdit: (edit: KeptEdit) => void): Promise<void> {
  for (const { path, staged, digest } of changes) {
    const kept = keptPath(staged);
    const found = await digestOf(kept);
    if (found === undefined) continue;
    if (found !== digest && !(await isSameFile(kept, path))) await setAside(path, kept, onKeptEdit);
    await rm(kept, { force: true });
  }
}

async function keep(path: string, kept: string): Promise<void> {
  try {
    await link(path, kept);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!noLinks.has(code) && !isMissing(error)) throw error;
  }
}

/** Gives a file a further name, by which people find it. */
async function setAside(path: string, from: string, onKeptEdit: (edit: KeptEdit) => void): Promise<void> {
  const keptAs = `${path}.edited-${randomUUID().slice(0, 8)}`;
  await link(from, keptAs);
  onKeptEdit({ path, keptAs });
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const inode = (mark: string) => mark.split(' ')[0];
  return inode(await markOf(one)) === inode(await markOf(other));
}

function markNow(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? 'none' : markText(stats);
}

/** Without the time of its last change of names, which links change, too. */
function markText({ ino, size, mtimeNs }: { readonly ino: bigint; readonly size: bigint; readonly mtimeNs: bigint }) {
  return `${ino} ${size} ${mtimeNs}`;
}
