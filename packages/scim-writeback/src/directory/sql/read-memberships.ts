import type { ExpressionBuilder, Kysely } from 'kysely';
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
  /** Whether the group is in another one: 0 or 1. */
  readonly nested: number;
}

/**
 * See `OrganizationDirectory.memberships`: the groups of each user in the order of their ids. A group that a user is in
 * both ways is a direct one. Most groups are in no other; where that is so, one statement tells all.
 *
 * @throws ScimError 400 `tooMany` beyond 100,000: part of the groups would look like all
 */
export async function readMemberships(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Membership[]>> {
  const direct = await readGroups(db, scope, userIds);
  const nested = new Set(direct.flatMap(({ groupId, nested }) => (nested === 1 ? groupId : [])));
  const above = nested.size === 0 ? undefined : await readLevels(db, scope, [...nested]);
  const memberships = new Map<string, Membership[]>();
  for (const { memberId, groupId, display } of direct) {
    const membership: Membership = { groupId, display: display ?? '', type: 'direct' };
    const ofUser = memberships.get(memberId);
    if (ofUser === undefined) memberships.set(memberId, [membership]);
    else ofUser.push(membership);
  }
  let count = direct.length;
  for (const ofUser of memberships.values()) {
    if (above !== undefined) {
      const before = ofUser.length;
      addIndirect(ofUser, above);
      count += ofUser.length - before;
      if (count > maxMemberships) throw tooMany();
    }
    if (ofUser.length > 1) ofUser.sort(byGroupId);
  }
  return memberships;
}

/** The groups that each of these groups is in, and the groups that these are in, and so on. */
async function readLevels(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GroupOf[]>> {
  const known = new Map<string, GroupOf[]>();
  let count = 0;
  // Which group was asked about is not asked about again, so that this ends even where groups go round in a circle.
  for (let level = groupIds; level.length > 0; ) {
    for (const id of level) known.set(id, []);
    const next = new Set<string>();
    const rows = await readGroups(db, scope, level);
    count += rows.length;
    if (count > maxMemberships) throw tooMany();
    for (const row of rows) {
      known.get(row.memberId)?.push(row);
      if (row.nested === 1 && !known.has(row.groupId)) next.add(row.groupId);
    }
    level = [...next];
  }
  return known;
}

/** Adds the groups that somebody is in because others of the groups are in them. */
function addIndirect(ofUser: Membership[], above: ReadonlyMap<string, readonly GroupOf[]>): void {
  const reached = new Set(ofUser.map(({ groupId }) => groupId));
  // Grows while it is read, until all levels are in it.
  for (const { groupId } of ofUser) {
    for (const group of above.get(groupId) ?? []) {
      if (reached.has(group.groupId)) continue;
      reached.add(group.groupId);
      ofUser.push({ groupId: group.groupId, display: group.display ?? '', type: 'indirect' });
    }
  }
}

/** The groups of one member. `cross join` with its condition below it is an inner join whose order SQLite leaves as it is. */
const selectGroupsOfOne = compileOnce((db, given: { organization: string; memberId: string }) =>
  db
    .selectFrom('members')
    .crossJoin('resources')
    .whereRef('resources.id', '=', 'members.group_id')
    .where('resources.organization', '=', given.organization)
    .where('members.organization', '=', given.organization)
    .where('members.member_id', '=', given.memberId)
    .select((build) => ['members.group_id as groupId', 'resources.display', isNested(build, given.organization)]),
);

const selectEdges = compileOnce((db, given: { organization: string; memberIds: string }) =>
  db
    .selectFrom('members')
    .select(['member_id as memberId', 'group_id as groupId'])
    .where('organization', '=', given.organization)
    .where('member_id', 'in', idsOf(given.memberIds)),
);

const selectGroups = compileOnce((db, given: { organization: string; groupIds: string }) =>
  db
    .selectFrom('resources')
    .where('resources.organization', '=', given.organization)
    .where('resources.id', 'in', idsOf(given.groupIds))
    .select((build) => ['resources.id as groupId', 'resources.display', isNested(build, given.organization)]),
);

/** Whether the group of a row is in another one. */
function isNested(build: ExpressionBuilder<Tables, 'resources'>, organization: string) {
  const above = build
    .selectFrom('members as above')
    .select('above.group_id')
    .whereRef('above.member_id', '=', 'resources.id')
    .where('above.organization', '=', organization);
  return build.case().when(build.exists(above)).then(build.lit(1)).else(build.lit(0)).end().as('nested');
}

async function readGroups(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  memberIds: readonly string[],
): Promise<readonly GroupOf[]> {
  const [memberId] = memberIds;
  if (memberIds.length === 1 && memberId !== undefined) {
    const rows = await selectGroupsOfOne(db, { organization, memberId });
    return rows.map(({ groupId, display, nested }) => ({ memberId, groupId, display, nested }));
  }
  const edges: { readonly memberId: string; readonly groupId: string }[] = [];
  for (const ids of chunks([...new Set(memberIds)])) {
    edges.push(...(await selectEdges(db, { organization, memberIds: JSON.stringify(ids) })));
    if (edges.length > maxMemberships) throw tooMany();
  }
  // Many members share few groups.
  const groups = new Map<string, { readonly display: string | null; readonly nested: number }>();
  for (const ids of chunks([...new Set(edges.map(({ groupId }) => groupId))])) {
    const rows = await selectGroups(db, { organization, groupIds: JSON.stringify(ids) });
    for (const { groupId, display, nested } of rows) groups.set(groupId, { display, nested });
  }
  return edges.flatMap(({ memberId, groupId }) => {
    const group = groups.get(groupId);
    return group === undefined ? [] : [{ memberId, groupId, display: group.display, nested: group.nested }];
  });
}

function tooMany(): ScimError {
  return new ScimError(400, 'tooMany', 'These users are in too many groups; leave out groups with excludedAttributes.');
}

function byGroupId(left: Membership, right: Membership): number {
  return left.groupId < right.groupId ? -1 : 1;
}
