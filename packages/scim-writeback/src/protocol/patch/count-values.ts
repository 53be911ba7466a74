import { ScimError } from '../errors/scim-error.ts';

/**
 * How many members the objects and lists within a JSON value have, itself counted as one. Needs no stack, however deep
 * the value is.
 *
 * @throws ScimError 413 as soon as there are more than `limit`.
 */
export function countValues(value: unknown, limit: number): number {
  let count = 1;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const members: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    count += members.length;
    if (count > limit) {
      throw new ScimError(413, undefined, `A PATCH may hold ${limit} values at most; send it in several requests.`);
    }
    for (const member of members) {
      if (typeof member === 'object' && member !== null) waiting.push(member);
    }
  }
  return count;
}
