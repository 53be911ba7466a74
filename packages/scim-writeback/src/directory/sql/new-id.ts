import { randomUUID } from 'node:crypto';

/**
 * A UUID of version 7 (RFC 9562 s5.7): 48 bits of time in front of 74 random ones. Ids of resources made one after the
 * other are neighbours in every index, so that making one costs the same in a large directory as in a small one.
 *
 * @param epochMs a whole number below 2 ** 48; what is before 1970 counts as 1970
 */
export function newUuid(epochMs: number): string {
  const time = Math.max(0, epochMs).toString(16).padStart(12, '0');
  // Random ones have the same variant in the same place; Node keeps bytes for many of them.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice('xxxxxxxx-xxxx-4'.length)}`;
}
