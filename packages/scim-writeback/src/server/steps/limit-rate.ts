import { Refusal } from '../refusal.ts';
import type { Principal, RateLimiter } from '../scim-service.ts';

/**
 * Counts a request of a credential. RFC 6585 s4.
 *
 * @throws Refusal 429 with `Retry-After` in whole seconds.
 */
export function limitRate({ credentialId }: Principal, rateLimiter: RateLimiter | undefined): void {
  const waitSeconds = rateLimiter?.take(credentialId);
  if (waitSeconds === undefined) return;
  const whole = Math.max(1, Math.ceil(waitSeconds));
  throw new Refusal(429, undefined, `Too many requests with this credential; repeat this one in ${whole} s.`, {
    'retry-after': String(whole),
  });
}
