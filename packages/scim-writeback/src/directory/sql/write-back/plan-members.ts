import type { Kysely } from 'kysely';
import type { ChangesSince } from '../../../base/merge/changes-since.ts';
import { memberFact, mergeMembers } from '../../../base/merge/merge-facts.ts';
import type { Turns } from '../../../turns/turns.ts';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { PlannedMembers } from './base-plan.ts';
import type { DriftBook } from './drift-book.ts';
import type { Locks } from './read-locks.ts';

const selectMembers = compileOnce((db, given: { organization: string; groupId: string }) =>
  db
    .selectFrom('members')
    .select('member_id as id')
    .where('organization', '=', given.organization)
    .where('group_id', '=', given.groupId),
);

export interface MembersInput {
  /** Ids of the groups that the base has. */
  readonly groups: Iterable<string>;
  /** Whether the base has a resource: of others it says nothing as members. */
  readonly isShown: (id: string) => boolean;
  readonly previous: ReadonlyMap<string, readonly string[]>;
  readonly next: ReadonlyMap<string, readonly string[]>;
  readonly changes: ChangesSince;
  readonly locks: Locks;
  readonly drifts: DriftBook;
}

/** Says what the base makes of the members of each group. Drift goes into the book. */
export async function planMembers(
  db: Kysely<Tables>,
  { organization }: Scope,
  { groups, isShown, previous, next, changes, locks, drifts }: MembersInput,
  turns: Turns,
): Promise<readonly PlannedMembers[]> {
  const planned: PlannedMembers[] = [];
  for (const groupId of groups) {
    if (turns.isOver) await turns.next();
    if (locks.facts.has(groupId)) continue;
    const rows = await selectMembers(db, { organization, groupId });
    const present = new Set(rows.map(({ id }) => id).filter(isShown));
    const { take, drift } = mergeMembers(new Set(previous.get(groupId)), new Set(next.get(groupId)), present, {
      isChanged: (id) => locks.existence.has(id) || changes.hasMember(groupId, id),
      isConfirmed: (id) => drifts.isConfirmed(groupId, memberFact(id)),
    });
    for (const id of drift) drifts.report('Group', groupId, memberFact(id));
    if (take.length === 0) continue;
    const add = take.filter((id) => !present.has(id));
    const remove = take.filter((id) => present.has(id));
    planned.push({ groupId, add, remove });
  }
  return planned;
}
