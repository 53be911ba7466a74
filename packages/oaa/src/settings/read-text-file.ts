import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../errors/index.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission is denied',
};

/**
 * The text of a settings file without a byte order mark; undefined when it does not exist.
 *
 * @throws UsageError `file-unreadable`
 */
export async function readTextFile(file: string, maximumBytes: number): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > maximumBytes) throw new Error(`it is larger than ${maximumBytes} bytes`);
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const reason = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : (code ?? message);
    throw new UsageError('file-unreadable', `The file ${file} cannot be read: ${reason}.`, {
      hint: 'Check path and permissions.',
    });
  }
}
