import { DirectoryBusyError } from '../../directory/directory-busy-error.ts';
import { DirectoryUnwritableError } from '../../directory/directory-unwritable-error.ts';
import { RetryLaterError } from '../../directory/retry-later-error.ts';
import { errorBody } from '../../protocol/errors/error-body.ts';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { Refusal } from '../refusal.ts';
import type { Answer } from './answer.ts';

/** Whoever holds the lock has held it for longer than that already. */
const busySeconds = '10';
/** Somebody has to make room, or put a file in its place. */
const unwritableSeconds = '60';

/**
 * The answer to a request that failed. What is no refusal is a fault of ours: the client gets the id to ask with, and
 * nothing of the cause (RFC 7644 s7).
 */
export function refuse(error: unknown, requestId: string): Answer {
  const refusal = refusalOf(error, requestId);
  return {
    status: refusal.status,
    ...(refusal instanceof Refusal && { headers: refusal.headers }),
    body: JSON.stringify(errorBody(refusal)),
  };
}

function refusalOf(error: unknown, requestId: string): ScimError {
  if (error instanceof RetryLaterError) {
    return new Refusal(error.status, undefined, error.detail, { 'retry-after': String(error.retryAfterSeconds) });
  }
  if (error instanceof ScimError) return error;
  if (error instanceof DirectoryBusyError) {
    return new Refusal(503, undefined, 'The directory is busy; nothing was changed. Repeat the request.', {
      'retry-after': busySeconds,
    });
  }
  if (error instanceof DirectoryUnwritableError) {
    return new Refusal(
      503,
      undefined,
      'The directory takes no changes now; nothing was changed. Repeat the request later.',
      {
        'retry-after': unwritableSeconds,
      },
    );
  }
  return new ScimError(500, undefined, `Something went wrong here; the logs tell more about request ${requestId}.`);
}

/** Whether an error is to be looked at by those who run the service. */
export function isOurFault(error: unknown): boolean {
  // 501 is what a client asked for that is not offered.
  return !(error instanceof ScimError) || (error.status >= 500 && error.status !== 501);
}
