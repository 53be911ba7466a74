import { type ComparableFacts, differingPaths } from '../../attributes/comparable.ts';

/** How a fact of which the directory and the base say different things is settled. */
export interface FactJudge {
  /** Whether the directory changed it since the extraction began, or is about to. */
  isChanged(fact: string): boolean;
  /** Whether the base before did not show it either, and was told so: a drift that this base confirms. */
  isConfirmed(fact: string): boolean;
}

/** What becomes of the facts of one resource; those in neither list stand as the directory has them. */
export interface FactsMerged {
  /** The directory takes what the base says. */
  readonly take: readonly string[];
  /** The directory was told that they were applied, and the base does not show it. */
  readonly drift: readonly string[];
}

/**
 * Who is right about one fact. `true` and `false` for facts that are either so or not; texts for attributes.
 *
 * @param previous what the previous base says
 * @param next what the new base says; other than what the directory says
 */
export function judge<Value>(fact: string, previous: Value, next: Value, by: FactJudge): 'stands' | 'take' | 'drift' {
  if (by.isChanged(fact)) return 'stands';
  // It happened in the application.
  if (previous !== next) return 'take';
  return by.isConfirmed(fact) ? 'take' : 'drift';
}

/**
 * Merges the attributes of a resource; facts are the paths of `ComparableFacts`.
 *
 * @param previous undefined where the previous base did not have it: then it said nothing of any path
 */
export function mergeAttributes(
  previous: () => ComparableFacts | undefined,
  next: ComparableFacts,
  directory: ComparableFacts,
  by: FactJudge,
): FactsMerged {
  const paths = differingPaths(next, directory);
  if (paths.length === 0) return none;
  const before = previous();
  return split(paths, (path) => judge(path, before?.texts.get(path), next.texts.get(path), by));
}

/** Merges the members of a group; facts are the ids of members. */
export function mergeMembers(
  previous: ReadonlySet<string>,
  next: ReadonlySet<string>,
  directory: ReadonlySet<string>,
  by: FactJudge,
): FactsMerged {
  const differing = [...next].filter((id) => !directory.has(id));
  for (const id of directory) if (!next.has(id)) differing.push(id);
  if (differing.length === 0) return none;
  return split(differing, (id) => judge(id, previous.has(id), next.has(id), by));
}

/** That a user or group is there. */
export const existenceFact = 'exists';

/** That somebody is a member of a group, as a fact of the group. */
export function memberFact(id: string): string {
  return `member:${id}`;
}

const none: FactsMerged = { take: [], drift: [] };

function split(facts: readonly string[], verdictOf: (fact: string) => 'stands' | 'take' | 'drift'): FactsMerged {
  const take: string[] = [];
  const drift: string[] = [];
  for (const fact of facts) {
    const verdict = verdictOf(fact);
    if (verdict === 'take') take.push(fact);
    else if (verdict === 'drift') drift.push(fact);
  }
  return { take, drift };
}
