import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Membership } from '../directory.ts';
import { chunks } from './chunks.ts';
import { compileOnce } from './compile-once.ts';
import { idsOf } from './id-list.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** More than a page of users has in any real directory, and little enough to be held at once. */
const maxMemberships = 100_000;

/** A group that a member is in by itself. */
interface GroupOf {
  readonly memberId: string;
  readonly groupId: string;
  readonly display: string | null;
}

/**
 * See `OrganizationDirectory.memberships`: the groups of each user in the order of their ids. A group that a user is in
 * both ways is a direct one. Groups are looked up level by level, those that all levels have in common once; most users
 * are in groups that are in no other, and these take two short statements.
 *
 * @throws ScimError 400 `tooMany` beyond 100,000: part of the groups would look like all
 */
export async function readMemberships(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Membership[]>> {
  const groupsOf = await readLevels(db, scope, userIds);
  const memberships = new Map<string, readonly Membership[]>();
  let count = 0;
  for (const userId of userIds) {
    const reached = reachedFrom(userId, groupsOf);
    count += reached.length;
    if (count > maxMemberships) throw tooMany();
    if (reached.length > 0) memberships.set(userId, reached);
  }
  return memberships;
}

/** The groups that each of these members is in, and the groups that these are in, and so on. */
async function readLevels(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GroupOf[]>> {
  const known = new Map<string, GroupOf[]>();
  let count = 0;
  // Whoever was asked about is not asked about again, so that this ends even where groups go round in a circle.
  for (let level: readonly string[] = [...new Set(memberIds)]; level.length > 0; ) {
    for (const id of level) known.set(id, []);
    const next = new Set<string>();
    for (const ids of chunks(level)) {
      const rows = await readGroups(db, scope, ids);
      count += rows.length;
      if (count > maxMemberships) throw tooMany();
      for (const row of rows) {
        known.get(row.memberId)?.push(row);
        if (!known.has(row.groupId)) next.add(row.groupId);
      }
    }
    level = [...next];
  }
  return known;
}

function reachedFrom(userId: string, groupsOf: ReadonlyMap<string, readonly GroupOf[]>): readonly Membership[] {
  const reached = new Map<string, Membership>();
  let type: Membership['type'] = 'direct';
  for (let level = groupsOf.get(userId) ?? []; level.length > 0; type = 'indirect') {
    const next: GroupOf[] = [];
    for (const { groupId, display } of level) {
      if (reached.has(groupId)) continue;
      reached.set(groupId, { groupId, display: display ?? '', type });
      for (const above of groupsOf.get(groupId) ?? []) next.push(above);
    }
    level = next;
  }
  return [...reached.values()].sort(byGroupId);
}

/** `cross join` with its condition below it is an inner join whose order SQLite leaves as it is. */
function groupsWhere(db: Kysely<Tables>, organization: string) {
  return db
    .selectFrom('members')
    .crossJoin('resources')
    .whereRef('resources.id', '=', 'members.group_id')
    .where('resources.organization', '=', organization)
    .where('members.organization', '=', organization)
    .select(['members.member_id as memberId', 'members.group_id as groupId', 'resources.display']);
}

const selectGroupsOfOne = compileOnce((db, given: { organization: string; memberId: string }) =>
  groupsWhere(db, given.organization).where('members.member_id', '=', given.memberId),
);

const selectGroupsOfMany = compileOnce((db, given: { organization: string; memberIds: string }) =>
  groupsWhere(db, given.organization).where('members.member_id', 'in', idsOf(given.memberIds)),
);

function readGroups(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  memberIds: readonly string[],
): Promise<readonly GroupOf[]> {
  const [memberId] = memberIds;
  if (memberIds.length === 1 && memberId !== undefined) return selectGroupsOfOne(db, { organization, memberId });
  return selectGroupsOfMany(db, { organization, memberIds: JSON.stringify(memberIds) });
}

function tooMany(): ScimError {
  return new ScimError(400, 'tooMany', 'These users are in too many groups; leave out groups with excludedAttributes.');
}

function byGroupId(left: Membership, right: Membership): number {
  return left.groupId < right.groupId ? -1 : 1;
}
