import type { Kysely } from 'kysely';
import type { MemberDelta, MemberStep } from '../../protocol/patch/member-delta.ts';
import { Turns } from '../../turns/turns.ts';
import type { ChangedFacts, ResourceKind } from '../directory.ts';
import { addMembers } from './add-members.ts';
import { matchingMembers } from './matching-members.ts';
import { refuseCycle } from './refuse-cycle.ts';
import { allMemberIds, removeMembers } from './remove-members.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

type MemberFacts = Pick<ChangedFacts, 'membersAdded' | 'membersRemoved'>;

/** What came of all steps so far; an id that came and went again is in neither. */
interface NetChange {
  readonly added: Set<string>;
  readonly removed: Set<string>;
}

/**
 * Does to the members of a group what a delta says, at a cost in proportion to the ids that it names: only `replaceAll` and
 * filters that name no ids look at all members. Others have their turn meanwhile. Gives who came and who went, or undefined when
 * that is nobody.
 *
 * @throws ScimError 400 `invalidValue` for a member that is not there (unless unknown members are accepted), and for a
 * group that would be a member of itself, directly or through others
 */
export async function changeMembers(
  db: Kysely<Tables>,
  scope: Scope,
  group: { readonly kind: ResourceKind; readonly id: string },
  delta: MemberDelta,
): Promise<MemberFacts | undefined> {
  if (group.kind !== 'Group') throw new TypeError(`A ${group.kind} has no members.`);
  const net: NetChange = { added: new Set(), removed: new Set() };
  const turns = new Turns();
  let nests = false;
  for (const step of delta) {
    for (const id of await takeOut(db, scope, group.id, step, turns)) {
      if (!net.added.delete(id)) net.removed.add(id);
    }
    const added = await addMembers(db, scope, group.id, step.add, turns);
    for (const { id, kind } of added) {
      nests ||= kind === 'Group';
      if (!net.removed.delete(id)) net.added.add(id);
    }
  }
  if (nests) await refuseCycle(db, scope, group.id);
  if (net.added.size + net.removed.size === 0) return undefined;
  return {
    ...(net.added.size > 0 && { membersAdded: [...net.added] }),
    ...(net.removed.size > 0 && { membersRemoved: [...net.removed] }),
  };
}

/** Removes whom a step removes; gives those who were members. */
async function takeOut(
  db: Kysely<Tables>,
  scope: Scope,
  groupId: string,
  { replaceAll, remove, removeMatching, add }: MemberStep,
  turns: Turns,
): Promise<readonly string[]> {
  const staying = new Set(add.map(({ value }) => String(value)));
  const leaving = new Set(replaceAll ? await allMemberIds(db, scope, groupId) : remove);
  if (!replaceAll) {
    for (const filter of removeMatching) {
      for (const id of await matchingMembers(db, scope, groupId, filter)) leaving.add(id);
    }
  }
  return removeMembers(
    db,
    scope,
    groupId,
    [...leaving].filter((id) => !staying.has(id)),
    turns,
  );
}
