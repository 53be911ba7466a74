import { UnreachableError } from '@oaa-kit/oaa';

/** Why a directory takes no changes. */
export type UnwritableReason = 'disk-full' | 'disk-failing' | 'file-replaced';

const told: Readonly<Record<UnwritableReason, readonly [message: string, hint: string]>> = {
  'disk-full': [
    'The disk of the database is full; nothing was changed.',
    'Make room on it. What was asked for may be repeated then.',
  ],
  'disk-failing': [
    'The disk of the database cannot be written or read; nothing was changed.',
    'Look at the disk, its limits and its mount, then repeat what was asked for.',
  ],
  'file-replaced': [
    'The file of the database was deleted or replaced while it was open; nothing was changed.',
    'Put the right file in its place and start the service again: what this one holds open goes with it.',
  ],
};

/**
 * The database takes no changes until somebody has put its disk or its file right. What was asked for has had no effect and
 * may be repeated.
 */
export class DirectoryUnwritableError extends UnreachableError {
  readonly reason: UnwritableReason;

  constructor(reason: UnwritableReason, cause?: unknown) {
    const [message, hint] = told[reason];
    super('unreachable', message, { hint, ...(cause !== undefined && { cause }) });
    this.reason = reason;
  }
}
