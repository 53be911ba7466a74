import { endingSignal } from '../signals/ending-signal.ts';

export interface PatienceOptions {
  /** After so long the signal ends, and nobody waits for the answer any more. */
  readonly timeoutMs: number;
  /** An answer that comes within so long after that still counts. */
  readonly graceMs: number;
  /** Told when the time is over. */
  readonly onOverdue: () => void;
  /** What else ends it. */
  readonly signal: AbortSignal;
}

/**
 * Asks something that may never answer.
 *
 * @returns undefined when no answer came in time
 * @throws what `ask` throws
 */
export async function askInTime<Answer>(
  ask: (signal: AbortSignal) => Promise<Answer>,
  { timeoutMs, graceMs, onOverdue, signal }: PatienceOptions,
): Promise<Answer | undefined> {
  const overdue = new AbortController();
  using ending = endingSignal([signal, overdue.signal]);
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      overdue.abort(new DOMException('The application did not answer in time.', 'TimeoutError'));
      onOverdue();
      timer = setTimeout(() => resolve(undefined), graceMs);
    }, timeoutMs);
  });
  const answer = (async () => ask(ending.signal))();
  // Who is not waited for any more may fail as it likes.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, givenUp]);
  } finally {
    clearTimeout(timer);
  }
}
