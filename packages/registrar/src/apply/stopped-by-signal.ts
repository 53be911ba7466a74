import { UnreachableError } from '@oaa-kit/oaa';

/** The error of what was interrupted by the caller. */
export function stoppedBySignal(): UnreachableError {
  return new UnreachableError('aborted', 'It was interrupted.', { hint: 'Run it again when ready.', retryable: false });
}
