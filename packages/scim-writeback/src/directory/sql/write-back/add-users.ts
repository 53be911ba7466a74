import type { Kysely } from 'kysely';
import type { Turns } from '../../../turns/turns.ts';
import type { ChangeContext } from '../../directory.ts';
import { findForChange, timeOfChange } from '../find-resource.ts';
import { recordChange } from '../record-change.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { restamp } from '../update-resource.ts';
import { rowInserter } from './insert-rows.ts';

/** Users who come into a group. All are there, and none is in it. */
export interface GroupUsers {
  readonly groupId: string;
  readonly userIds: readonly string[];
}

const insertMembers = rowInserter('members', ['organization', 'group_id', 'member_id', 'member_kind']);

/**
 * Adds users to many groups, with one change row for each group. Rows are written in the order of the users: there are far
 * fewer groups, so that the index by groups is written at a few places at a time, and the one by members at one.
 */
export async function addUsers(
  db: Kysely<Tables>,
  scope: Scope,
  groups: readonly GroupUsers[],
  context: ChangeContext,
  turns: Turns,
): Promise<void> {
  const { organization } = scope;
  const groupsOf = new Map<string, string[]>();
  for (const { groupId, userIds } of groups) {
    if (turns.isOver) await turns.next();
    for (const id of userIds) {
      const known = groupsOf.get(id);
      if (known === undefined) groupsOf.set(id, [groupId]);
      else known.push(groupId);
    }
  }
  let rows: (readonly string[])[] = [];
  for (const id of [...groupsOf.keys()].sort()) {
    for (const groupId of groupsOf.get(id) ?? []) rows.push([organization, groupId, id, 'User']);
    if (rows.length < rowsAtATime) continue;
    await insertMembers(db, rows, turns);
    rows = [];
  }
  await insertMembers(db, rows, turns);
  for (const { groupId: id, userIds } of groups) {
    if (turns.isOver) await turns.next();
    const group = await findForChange(db, scope, 'Group', id);
    const at = timeOfChange(scope, group);
    await restamp(db, { organization, id, version: group.version + 1, last_modified: at });
    await recordChange(
      db,
      scope,
      { kind: 'Group', id, operation: 'update', facts: { membersAdded: userIds }, at },
      context,
    );
  }
}

const rowsAtATime = 5_000;
