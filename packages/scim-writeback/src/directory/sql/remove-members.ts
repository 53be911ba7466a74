import type { Kysely } from 'kysely';
import { chunks } from './chunks.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** Removes members; gives the ids of those who were there. */
export async function removeMembers(
  db: Kysely<Tables>,
  { organization }: Scope,
  groupId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const part of chunks(ids)) {
    const rows = await db
      .deleteFrom('members')
      .where('organization', '=', organization)
      .where('group_id', '=', groupId)
      .where('member_id', 'in', part)
      .returning('member_id')
      .execute();
    for (const { member_id } of rows) removed.push(member_id);
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
