import { errorBody } from '../../protocol/errors/error-body.ts';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { Refusal } from '../refusal.ts';
import type { Answer } from './answer.ts';

/**
 * The answer to a request that failed. What is no refusal is a fault of ours: the client gets the id to ask with, and
 * nothing of the cause (RFC 7644 s7).
 */
export function refuse(error: unknown, requestId: string): Answer {
  const refusal =
    error instanceof ScimError
      ? error
      : new ScimError(500, undefined, `Something went wrong here; the logs tell more about request ${requestId}.`);
  return {
    status: refusal.status,
    ...(refusal instanceof Refusal && { headers: refusal.headers }),
    body: JSON.stringify(errorBody(refusal)),
  };
}

/** Whether an error is to be looked at by those who run the service. */
export function isOurFault(error: unknown): boolean {
  // 501 is what a client asked for that is not offered.
  return !(error instanceof ScimError) || (error.status >= 500 && error.status !== 501);
}
