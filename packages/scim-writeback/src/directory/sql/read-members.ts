import type { Kysely } from 'kysely';
import type { GroupMember, ResourceKind } from '../directory.ts';
import { idsOf } from './id-list.ts';
import { rowNumber } from './row-number.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** See `OrganizationDirectory.members`. */
export async function readMembers(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  groupId: string,
  after: string | undefined,
  limit: number,
): Promise<readonly GroupMember[]> {
  let query = membersOf(db, scope, groupId).orderBy('members.member_id').limit(rowNumber(limit));
  if (after !== undefined) query = query.where('members.member_id', '>', after);
  return (await query.execute()).map(toMember);
}

/** Those of the ids that are members. */
export async function readMembersAmong(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  groupId: string,
  ids: readonly string[],
): Promise<readonly GroupMember[]> {
  const rows = await membersOf(db, scope, groupId)
    .where('members.member_id', 'in', idsOf(JSON.stringify(ids)))
    .execute();
  return rows.map(toMember);
}

function membersOf(db: Kysely<Tables>, { organization }: Pick<Scope, 'organization'>, groupId: string) {
  return db
    .selectFrom('members')
    .leftJoin('resources', (join) =>
      join.onRef('resources.organization', '=', 'members.organization').onRef('resources.id', '=', 'members.member_id'),
    )
    .select(['members.member_id as id', 'members.member_kind as kind', 'resources.display'])
    .where('members.organization', '=', organization)
    .where('members.group_id', '=', groupId);
}

/** An accepted member that is no resource of the organization has no name. */
function toMember({ id, kind, display }: { id: string; kind: ResourceKind; display: string | null }): GroupMember {
  return { id, kind, display: display ?? undefined };
}
