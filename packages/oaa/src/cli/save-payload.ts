import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../errors/index.ts';
import type { CommandContext } from './command.ts';
import { indentedJson } from './indented-json.ts';
import { printableLine } from './printable.ts';

const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const chunkLength = 64 * 1024;
/** So many files of one data source are told apart within a second. */
const mostCopies = 100;

/** `2026-11-22T04:05:06.789Z` as `20261122-040506`. */
function timestamp(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/**
 * `{data source}-{YYYYMMDD-HHMMSS}.json` in UTC, with a data source name that every file system takes. The second one
 * of a second ends in `-2.json`, and so on.
 */
export function savedFileName(dataSource: string, now: Date, copy = 1): string {
  const plain = dataSource.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(0, 120);
  const visible = plain.replace(/^\.+/, '_');
  const name = visible === '' || reservedOnWindows.test(visible) ? `_${visible}` : visible;
  return `${name}-${timestamp(now)}${copy === 1 ? '' : `-${copy}`}.json`;
}

function exists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** Opens a file that was not there before. */
async function openNew(pathOf: (copy: number) => string): Promise<{ file: FileHandle; path: string }> {
  for (let copy = 1; ; copy += 1) {
    const path = pathOf(copy);
    try {
      return { file: await open(path, 'wx'), path };
    } catch (error) {
      if (!exists(error) || copy === mostCopies) throw error;
    }
  }
}

/**
 * Writes a payload, indented by 2, into a folder that is made when missing. Never overwrites.
 *
 * @returns the path of the file.
 * @throws {UsageError} `file-unwritable`.
 */
export async function savePayload(
  context: CommandContext,
  folder: string,
  dataSource: string,
  payload: unknown,
): Promise<string> {
  const now = context.now();
  const pathOf = (copy: number): string => join(resolve(context.cwd, folder), savedFileName(dataSource, now, copy));
  try {
    await mkdir(resolve(context.cwd, folder), { recursive: true });
    const { file: opened, path } = await openNew(pathOf);
    await using file = opened;
    let buffered = '';
    for (const piece of indentedJson(payload)) {
      buffered += piece;
      if (buffered.length < chunkLength) continue;
      await file.write(buffered);
      buffered = '';
    }
    await file.write(`${buffered}\n`);
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      'file-unwritable',
      `Cannot save the payload as ${printableLine(pathOf(1))}: ${reason}. Nothing was sent.`,
      {
        hint: 'Name a folder with --save-json that you may write to.',
        cause: error,
      },
    );
  }
}
