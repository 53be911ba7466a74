import { parseRetryAfter } from './parse-retry-after.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** What came of one attempt, as far as repeating it depends on it. */
export interface AttemptOutcome {
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** Text of the `Retry-After` header. */
  readonly retryAfter?: string | undefined;
  /** Why there was no answer. `permanent` (TLS, abort) is never repeated. */
  readonly failure?: 'connection' | 'unknown-host' | 'timeout' | 'permanent' | undefined;
  /** False when the request certainly never reached the other side. */
  readonly mayHaveBeenReceived: boolean;
  /** Whether doing it twice is the same as doing it once. */
  readonly idempotent: boolean;
}

/** What the pure decision takes from outside: the time, and a number of at least 0 and less than 1. */
export interface RetryMoment {
  readonly nowMs: number;
  readonly random: number;
}

const repeatableStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Whether the other side certainly did not act on the request: it never came, or was turned away, as with 429. */
export function wasNotActedOn({ mayHaveBeenReceived, status }: AttemptOutcome): boolean {
  return !mayHaveBeenReceived || (status !== undefined && status < 500);
}

function retriesAllowed(outcome: AttemptOutcome, policy: RetryPolicy): number {
  if (!outcome.idempotent && !wasNotActedOn(outcome)) return 0;
  if (outcome.status !== undefined) return repeatableStatuses.has(outcome.status) ? policy.retries : 0;
  if (outcome.failure === 'timeout') return Math.min(policy.retries, policy.timeoutRetries);
  if (outcome.failure === 'unknown-host') return Math.min(policy.retries, policy.unknownHostRetries);
  return outcome.failure === 'connection' ? policy.retries : 0;
}

/**
 * How many milliseconds to wait before the request is sent again; undefined when it must not be.
 *
 * Repeated are 429, 500, 502, 503, 504 and connection failures; what is not idempotent only when it was not acted on.
 * The wait is `backoffMs * 2^(attempt - 1)`, at most `maxBackoffMs`, less a random share; a positive `Retry-After`
 * (RFC 9110 section 10.2.3) replaces it. One of more than `maxRetryAfterMs` ends the retries: asking earlier than the
 * other side wants would only be turned away again.
 *
 * @param attempt number of the attempt that has just ended, from 1
 */
export function retryDelay(
  attempt: number,
  outcome: AttemptOutcome,
  policy: RetryPolicy,
  moment: RetryMoment,
): number | undefined {
  if (attempt > retriesAllowed(outcome, policy)) return undefined;
  const asked = parseRetryAfter(outcome.retryAfter, moment.nowMs);
  if (asked !== undefined && asked > 0) return asked > policy.maxRetryAfterMs ? undefined : asked;
  const backoffMs = Math.min(policy.backoffMs * 2 ** (attempt - 1), policy.maxBackoffMs);
  return Math.round(backoffMs * (1 - policy.jitter * moment.random));
}
