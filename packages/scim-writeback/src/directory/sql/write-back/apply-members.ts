import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { BaseNotice } from '../../bases.ts';
import type { ChangeContext } from '../../directory.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { updateResource } from '../update-resource.ts';
import type { PlannedMembers } from './base-plan.ts';
import { inSavepoint } from './in-savepoint.ts';

/** Readers of this process have their turn after so many groups. */
const groupsPerTurn = 20;

/**
 * Adds and removes members as a plan says.
 *
 * @param missing ids that were to be made and could not be
 */
export async function applyMembers(
  db: Kysely<Tables>,
  scope: Scope,
  planned: readonly PlannedMembers[],
  missing: ReadonlySet<string>,
  context: ChangeContext,
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
    if (remove.length > 0 && !missing.has(groupId)) await change(groupId, [], remove);
  }
  for (const [index, { groupId, add }] of planned.entries()) {
    if (index % groupsPerTurn === 0) await setImmediate();
    const present = missing.has(groupId) ? [] : add.filter((id) => !missing.has(id));
    if (present.length === 0 || (await change(groupId, present, []))) continue;
    // Of the directory's own memberships and the base's some make a circle: one by one, to leave out only those.
    for (const id of present) {
      if (!(await change(groupId, [id], []))) notices.push(refused(groupId, id));
    }
  }
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
