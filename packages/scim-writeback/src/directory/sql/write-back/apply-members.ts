import type { Kysely } from 'kysely';
import type { Turns } from '../../../turns/turns.ts';
import type { BaseNotice } from '../../bases.ts';
import type { ChangeContext } from '../../directory.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { updateResource } from '../update-resource.ts';
import { addUsers, type GroupUsers } from './add-users.ts';
import type { PlannedMembers } from './base-plan.ts';
import { inSavepoint } from './in-savepoint.ts';

export interface MembersOptions {
  /** Ids that were to be made and could not be. */
  readonly missing: ReadonlySet<string>;
  /** Whether a member is a user: with these, no group comes to be within itself. */
  readonly isUser: (id: string) => boolean;
  readonly context: ChangeContext;
  readonly turns: Turns;
}

/** Adds and removes members as a plan says. */
export async function applyMembers(
  db: Kysely<Tables>,
  scope: Scope,
  planned: readonly PlannedMembers[],
  { missing, isUser, context, turns }: MembersOptions,
): Promise<{ readonly added: number; readonly removed: number; readonly notices: readonly BaseNotice[] }> {
  const notices: BaseNotice[] = [];
  let added = 0;
  let removed = 0;
  const change = (groupId: string, add: readonly string[], remove: readonly string[]) =>
    inSavepoint(db, async () => {
      const members = [{ replaceAll: false, remove, removeMatching: [], add: add.map((value) => ({ value })) }];
      await updateResource(db, scope, 'Group', groupId, () => ({ members }), context);
      added += add.length;
      removed += remove.length;
      return true;
    });
  // First all that leave: who goes from one group into another below it makes no circle.
  for (const { groupId, remove } of planned) {
    if (turns.isOver) await turns.next();
    if (remove.length > 0 && !missing.has(groupId)) await change(groupId, [], remove);
  }
  const ofUsers: GroupUsers[] = [];
  for (const { groupId, add } of planned) {
    if (turns.isOver) await turns.next();
    const present = missing.has(groupId) ? [] : add.filter((id) => !missing.has(id));
    if (present.length === 0) continue;
    if (present.every(isUser)) {
      ofUsers.push({ groupId, userIds: present });
      added += present.length;
      continue;
    }
    if (await change(groupId, present, [])) continue;
    // Of the directory's own memberships and the base's some make a circle: one by one, to leave out only those.
    for (const id of present) {
      if (!(await change(groupId, [id], []))) notices.push(refused(groupId, id));
    }
  }
  await addUsers(db, scope, ofUsers, context, turns);
  return { added, removed, notices };
}

function refused(groupId: string, id: string): BaseNotice {
  return {
    code: 'membership.refused',
    kind: 'Group',
    key: groupId,
    message: `With ${id} as a member the group would be a member of itself: the directory and the base have changed in opposite ways.`,
  };
}
