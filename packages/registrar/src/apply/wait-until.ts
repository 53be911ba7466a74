import { UnreachableError } from '@oaa-kit/oaa';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>;
  /** For the message: `the provider "Portal" to be gone`. */
  readonly what: string;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Asks until the answer is yes, with pauses that double up to 5 s.
 *
 * @throws UnreachableError `timeout` when the pauses come to more than `timeoutMs`
 */
export async function waitUntil(isSo: () => Promise<boolean>, options: WaitOptions): Promise<void> {
  const { timeoutMs, signal, sleep, what } = options;
  let waitedMs = 0;
  for (let pauseMs = firstPauseMs; !(await isSo()); pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    if (waitedMs >= timeoutMs) {
      throw new UnreachableError('timeout', `Waited ${Math.round(waitedMs / 1000)} s for ${what}, in vain.`, {
        hint: 'The tenant deletes in the background, and large providers take long: go on later.',
      });
    }
    await sleep(pauseMs, signal);
    waitedMs += pauseMs;
  }
}
