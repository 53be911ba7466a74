import type { Removal } from '../errors/index.ts';
import type { FactHashes } from './hash-facts.ts';

/** When the removals of one kind stop a push: both must be exceeded. */
export interface RemovalLimits {
  /** Share of a kind, in percent. */
  readonly maxRemovalPercent: number;
  /** So many of a kind may always go. */
  readonly minimumRemovals: number;
}

/** How many of the old hashes are not among the new ones; both ascending. */
function countMissing(before: BigUint64Array, after: BigUint64Array): number {
  let missing = 0;
  let position = 0;
  for (const value of before) {
    while (position < after.length && (after[position] as bigint) < value) position += 1;
    if (after[position] !== value) missing += 1;
  }
  return missing;
}

/** What would go, by kind; kinds of which nothing goes are left out. */
export function removalsOf(before: FactHashes, after: FactHashes): Removal[] {
  const removals: Removal[] = [];
  for (const [kind, hashes] of before) {
    const removed = countMissing(hashes, after.get(kind) ?? new BigUint64Array());
    if (removed > 0) removals.push({ kind, removed, total: hashes.length });
  }
  return removals;
}

/** The removals that are too many. */
export function excessiveRemovals(removals: readonly Removal[], limits: RemovalLimits): Removal[] {
  const { maxRemovalPercent, minimumRemovals } = limits;
  return removals.filter(
    ({ removed, total }) => removed > minimumRemovals && removed * 100 > total * maxRemovalPercent,
  );
}
