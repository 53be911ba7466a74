import { setTimeout as wait } from 'node:timers/promises';

/** The effects of the retry loop that tests replace. */
export interface HttpSeams {
  /** Waits; rejects when the signal is aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
  /** Milliseconds since the epoch. */
  now(): number;
}

export const realSeams: HttpSeams = {
  sleep: async (durationMs, signal) => {
    await wait(durationMs, undefined, { signal });
  },
  random: Math.random,
  now: Date.now,
};
