import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Membership } from '../directory.ts';
import { chunks } from './chunks.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** More than a page of users has in any real directory, and little enough to be held at once. */
const maxMemberships = 100_000;

/**
 * See `OrganizationDirectory.memberships`: the groups of each user in the order of their ids. A group that a user is in
 * both ways is a direct one.
 *
 * @throws ScimError 400 `tooMany` beyond 100,000 for 500 users: part of the groups would look like all
 */
export async function readMemberships(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Membership[]>> {
  const groups = new Map<string, Map<string, Membership>>();
  for (const ids of chunks(userIds)) {
    for (const { userId, groupId, direct, display } of await reachedGroups(db, scope, ids)) {
      const ofUser = groups.get(userId) ?? new Map<string, Membership>();
      groups.set(userId, ofUser);
      if (direct === 0 && ofUser.has(groupId)) continue;
      ofUser.set(groupId, { groupId, display: display ?? '', type: direct === 1 ? 'direct' : 'indirect' });
    }
  }
  return new Map([...groups].map(([userId, ofUser]) => [userId, [...ofUser.values()].sort(byGroupId)]));
}

/**
 * `union` drops what was reached before, so that this ends even where groups go round in a circle. `cross join` with its
 * condition below it is an inner join whose order SQLite leaves as it is; its own choice reads all members.
 */
async function reachedGroups(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  userIds: readonly string[],
) {
  const rows = await db
    .withRecursive('reached(user_id, group_id, direct)', (query) =>
      query
        .selectFrom('members')
        .select(({ lit }) => [
          'members.member_id as user_id',
          'members.group_id as group_id',
          lit<number>(1).as('direct'),
        ])
        .where('members.organization', '=', organization)
        .where('members.member_id', 'in', userIds)
        .union(
          query
            .selectFrom('reached')
            .crossJoin('members')
            .whereRef('members.member_id', '=', 'reached.group_id')
            .select(({ lit }) => ['reached.user_id', 'members.group_id', lit<number>(0).as('direct')])
            .where('members.organization', '=', organization),
        ),
    )
    .selectFrom('reached')
    .crossJoin('resources')
    .whereRef('resources.id', '=', 'reached.group_id')
    .select(['reached.user_id as userId', 'reached.group_id as groupId', 'reached.direct', 'resources.display'])
    .where('resources.organization', '=', organization)
    .limit(maxMemberships + 1)
    .execute();
  if (rows.length > maxMemberships) {
    throw new ScimError(
      400,
      'tooMany',
      'These users are in too many groups; leave out groups with excludedAttributes.',
    );
  }
  return rows;
}

function byGroupId(left: Membership, right: Membership): number {
  return left.groupId < right.groupId ? -1 : 1;
}
