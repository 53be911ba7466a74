import type { Kysely } from 'kysely';
import type { Turns } from '../../turns/turns.ts';
import { chunks } from './chunks.ts';
import { compileOnce } from './compile-once.ts';
import { idsOf } from './id-list.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

const deleteMembers = compileOnce((db, given: { organization: string; groupId: string; ids: string }) =>
  db
    .deleteFrom('members')
    .where('organization', '=', given.organization)
    .where('group_id', '=', given.groupId)
    .where('member_id', 'in', idsOf(given.ids))
    .returning('member_id as id'),
);

/** Removes members; gives the ids of those who were there. */
export async function removeMembers(
  db: Kysely<Tables>,
  { organization }: Scope,
  groupId: string,
  ids: readonly string[],
  turns: Turns,
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const part of chunks(ids)) {
    if (turns.isOver) await turns.next();
    const rows = await deleteMembers(db, { organization, groupId, ids: JSON.stringify(part) });
    for (const { id } of rows) removed.push(id);
  }
  return removed;
}

/** For what is about all members of a group. */
export async function allMemberIds(
  db: Kysely<Tables>,
  { organization }: Scope,
  groupId: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('members')
    .select('member_id')
    .where('organization', '=', organization)
    .where('group_id', '=', groupId)
    .execute();
  return rows.map(({ member_id }) => member_id);
}
