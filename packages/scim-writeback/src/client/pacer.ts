/** So many requests in any span of so many milliseconds. */
export interface RateLimit {
  readonly requests: number;
  readonly perMs: number;
}

/** Holds requests back. */
export interface Pacer {
  /** Resolves when the next request may be sent; rejects when the signal is aborted. */
  ready(signal?: AbortSignal): Promise<void>;
}

interface PacerSeams {
  now(): number;
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Lets requests go at once until the limit is reached, and then each when the one that was sent `requests` before it is
 * `perMs` old, in the order in which they came.
 */
export function createPacer({ requests, perMs }: RateLimit, { now, sleep }: PacerSeams): Pacer {
  /** When the last ones were, or will be, let go; a ring. */
  const releases: number[] = [];
  let next = 0;
  return {
    ready: async (signal) => {
      const nowMs = now();
      const atMs = Math.max(nowMs, (releases[next] ?? Number.NEGATIVE_INFINITY) + perMs);
      releases[next] = atMs;
      next = (next + 1) % requests;
      if (atMs > nowMs) await sleep(atMs - nowMs, signal);
    },
  };
}
