import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import type { BadRowsError } from '../../sources/mapping/bad-rows-error.ts';
import type { Mapping } from '../../sources/mapping/mapping-schema.ts';
import { rejectedFiles, rejectedRows } from '../../sources/rejects.ts';
import type { CommandContext } from '../command.ts';
import { writeWholeFile } from '../write-whole-file.ts';
import type { BuildFiles } from './build-files.ts';

/** A file with bad rows. */
export interface WrittenRejects {
  /** As a person would name it: relative to the current folder where that is shorter. */
  readonly file: string;
  readonly source: string;
  readonly rows: number;
}

/** Takes away what an earlier build rejected: what lies there is always of the last one. */
export async function removeRejects(files: BuildFiles): Promise<void> {
  await Promise.all([...files.rejects.values()].map((path) => rm(path, { force: true })));
}

/**
 * Writes the bad rows of a build, for each source file into its own.
 *
 * @throws UsageError `file-unwritable`
 */
export async function writeRejects(
  context: CommandContext,
  files: BuildFiles,
  mapping: Mapping,
  { run }: BadRowsError,
): Promise<readonly WrittenRejects[]> {
  await removeRejects(files);
  const written: WrittenRejects[] = [];
  for (const rejected of rejectedFiles(mapping, run.badRows)) {
    const path = files.rejects.get(rejected.source.file);
    if (path === undefined) continue;
    const near = relative(context.cwd, path);
    const file = near.startsWith('..') ? path : near;
    await writeWholeFile(path, rejectedRows(rejected, files.folder), {
      name: file,
      flag: '--rejects',
      signal: context.signal,
    });
    written.push({ file, source: rejected.source.file, rows: rejected.reasons.size });
  }
  return written;
}
