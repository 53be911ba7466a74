import { UnreachableError } from '@oaa-kit/oaa';

/**
 * Another process has kept the database locked for longer than is waited. What was asked for has had no effect and may be
 * repeated.
 */
export class DirectoryBusyError extends UnreachableError {
  constructor(cause: unknown) {
    super('timeout', 'Another process keeps the database locked; nothing was changed.', {
      hint: 'Repeat it in a while. A backup, or a database shell with an open transaction, may hold the lock.',
      cause,
    });
  }
}
