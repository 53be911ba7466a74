import { BusyFilesError } from './csv-files.ts';
import { LockedError } from './file/folder-lock.ts';
import { MissingColumnError } from './table.ts';
import { CsvSyntaxError } from './text/record-reader.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'a file or its folder does not exist',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'a file would be larger than files may be here',
};

/** What a signal ends with. */
const endings = new Set(['AbortError', 'TimeoutError']);

/** By the primary result code of SQLite, which has the lock. https://www.sqlite.org/rescode.html */
const lockReasons: Readonly<Record<number, string | undefined>> = {
  8: reasons.EROFS,
  13: reasons.ENOSPC,
  14: 'the lock cannot be opened',
};

/** Why files could not be written, for logs and people. What is a mistake of ours is thrown on. */
export function failureReason(error: unknown): string {
  for (const kind of [BusyFilesError, LockedError, MissingColumnError, CsvSyntaxError]) {
    if (error instanceof kind) return error.message;
  }
  if (error instanceof DOMException && endings.has(error.name)) return 'nobody waited for it any more';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === undefined) throw error;
  if (typeof code === 'string' && Object.hasOwn(reasons, code)) return reasons[code] ?? code;
  if (error instanceof Error && 'errcode' in error) {
    const reason = lockReasons[Number(error.errcode) & 0xff];
    if (reason !== undefined) return reason;
  }
  return `the system says ${String(code)}`;
}
