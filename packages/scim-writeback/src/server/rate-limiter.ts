import type { RateLimiter } from './scim-service.ts';

export interface RateLimiterOptions {
  /** Requests that a credential may send per second in the long run. */
  readonly ratePerSecond: number;
  /** Requests that it may send at once after a pause. Default: twice the rate, at least 1. */
  readonly burst?: number | undefined;
  /** A clock that is never set back; milliseconds. */
  readonly nowMs?: (() => number) | undefined;
}

/** Credentials that are remembered: who comes on top pushes out whoever has been quiet longest. */
const rememberedCredentials = 10_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/**
 * A token bucket for each credential. A refused request takes nothing, so that clients that knock on while they wait are
 * let in as early as those that do not.
 *
 * @throws {RangeError} for a rate or a burst that lets nobody in
 *
 * @example
 * const rateLimiter = createRateLimiter({ ratePerSecond: 25 });
 */
export function createRateLimiter({ ratePerSecond, burst, nowMs }: RateLimiterOptions): RateLimiter {
  const size = burst ?? Math.max(1, 2 * ratePerSecond);
  const clock = nowMs ?? (() => performance.now());
  if (!(ratePerSecond > 0) || !(size >= 1)) throw new RangeError('A rate limit needs a rate above 0 and a burst of 1.');
  const buckets = new Map<string, Bucket>();
  return {
    take(credentialId) {
      const now = clock();
      let bucket = buckets.get(credentialId);
      if (bucket === undefined) {
        const [quietest] = buckets.keys();
        if (buckets.size >= rememberedCredentials && quietest !== undefined) buckets.delete(quietest);
        bucket = { tokens: size, atMs: now };
      } else {
        bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.atMs) / 1000) * ratePerSecond);
        bucket.atMs = now;
        // Maps keep the order of insertion: the one used last goes to the end.
        buckets.delete(credentialId);
      }
      buckets.set(credentialId, bucket);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / ratePerSecond);
      bucket.tokens -= 1;
      return undefined;
    },
  };
}
