import { mkdir, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../errors/index.ts';
import type { CommandContext } from './command.ts';
import { indentedJson } from './indented-json.ts';
import { printableLine } from './printable.ts';

const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const chunkLength = 64 * 1024;

/** `2026-11-22T04:05:06.789Z` as `20261122-040506`. */
function timestamp(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** `{data source}-{YYYYMMDD-HHMMSS}.json` in UTC, with a data source name that every file system takes. */
export function savedFileName(dataSource: string, now: Date): string {
  const plain = dataSource.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(0, 120);
  const visible = plain.replace(/^\.+/, '_');
  const name = visible === '' || reservedOnWindows.test(visible) ? `_${visible}` : visible;
  return `${name}-${timestamp(now)}.json`;
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
  const path = join(resolve(context.cwd, folder), savedFileName(dataSource, context.now()));
  try {
    await mkdir(resolve(context.cwd, folder), { recursive: true });
    await using file = await open(path, 'wx');
    let buffered = '';
    for (const piece of indentedJson(payload)) {
      buffered += piece;
      if (buffered.length < chunkLength) continue;
      await file.write(buffered);
      buffered = '';
    }
    await file.write(`${buffered}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      'file-unwritable',
      `Cannot save the payload as ${printableLine(path)}: ${reason}. Nothing was sent.`,
      {
        hint: 'Name a folder with --save-json that you may write to.',
        cause: error,
      },
    );
  }
  return path;
}
