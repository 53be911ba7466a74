import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Membership } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import { idsOf, listedIds } from './id-list.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** More than a page of users has in any real directory, and little enough to be held at once. */
const maxMemberships = 100_000;

/** A group that somebody is in. Many are in it: what is told of it is made once. */
interface Group {
  readonly direct: Membership;
  readonly indirect: Membership;
  /** Whether it is in another group. */
  readonly nested: boolean;
}

/**
 * See `OrganizationDirectory.memberships`: the groups of each user in the order of their ids. A group that a user is in
 * both ways is a direct one. Groups above groups are only asked for where there are any: most are in no other.
 *
 * @param adjacent no other user's id lies between the ids, which are in their order
 * @throws ScimError 400 `tooMany` beyond 100,000: part of the groups would look like all
 */
export async function readMemberships(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  userIds: readonly string[],
  adjacent: boolean,
): Promise<readonly (readonly Membership[])[]> {
  const direct = await readGroups(db, scope, userIds, adjacent);
  const nested = new Set<string>();
  for (const groups of direct) for (const group of groups) if (group.nested) nested.add(group.direct.groupId);
  const above = nested.size === 0 ? undefined : await readLevels(db, scope, nested);
  let count = 0;
  return direct.map((groups) => {
    const ofUser = groups.map((group) => group.direct);
    if (above !== undefined) addIndirect(ofUser, above);
    count += ofUser.length;
    if (count > maxMemberships) throw tooMany();
    return ofUser.length > 1 ? ofUser.sort(byGroupId) : ofUser;
  });
}

/** The groups that each of these groups is in, and the groups that these are in, and so on. */
async function readLevels(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  groupIds: Iterable<string>,
): Promise<ReadonlyMap<string, readonly Group[]>> {
  const known = new Map<string, readonly Group[]>();
  let count = 0;
  // Which group was asked about is not asked about again, so that this ends even where groups go round in a circle.
  for (let level = [...groupIds]; level.length > 0; ) {
    const groupsOfLevel = await readGroups(db, scope, level, false);
    for (const [place, groups] of groupsOfLevel.entries()) {
      known.set(level[place] as string, groups);
      count += groups.length;
      if (count > maxMemberships) throw tooMany();
    }
    const next = new Set<string>();
    for (const groups of groupsOfLevel) {
      for (const { nested, direct } of groups) if (nested && !known.has(direct.groupId)) next.add(direct.groupId);
    }
    level = [...next];
  }
  return known;
}

/** Adds the groups that somebody is in because others of the groups are in them. */
function addIndirect(ofUser: Membership[], above: ReadonlyMap<string, readonly Group[]>): void {
  const reached = new Set(ofUser.map(({ groupId }) => groupId));
  // Grows while it is read, until all levels are in it.
  for (const { groupId } of ofUser) {
    for (const { indirect } of above.get(groupId) ?? []) {
      if (reached.has(indirect.groupId)) continue;
      reached.add(indirect.groupId);
      ofUser.push(indirect);
    }
  }
}

/** One more than may be, to see that there are too many. */
const limit = sql.lit(maxMemberships + 1);

/** The groups of one member. `cross join` with its condition below it is an inner join whose order SQLite leaves as it is. */
const selectGroupsOfOne = compileOnce((db, given: { organization: string; memberId: string }) =>
  db
    .selectFrom('members')
    .crossJoin('resources')
    .whereRef('resources.id', '=', 'members.group_id')
    .where('resources.organization', '=', given.organization)
    .where('members.organization', '=', given.organization)
    .where('members.member_id', '=', given.memberId)
    .select((build) => ['members.group_id as groupId', 'resources.display', isNested(build, given.organization)])
    .limit(limit),
);

/** Which of the listed are in which groups. */
const selectEdges = compileOnce((db, given: { organization: string; memberIds: string }) =>
  db
    .selectFrom(listedIds(given.memberIds))
    .crossJoin('members')
    .whereRef('members.member_id', '=', 'listed.id')
    .where('members.organization', '=', given.organization)
    .select(['listed.place', 'members.group_id as groupId'])
    .limit(limit),
);

/** So many are read between two ids; where there are more, most are of groups that are members, or of nobody. */
const mostBetween = 5_000;

/** The same of everybody between two ids: one look into the index in the place of one for each. */
const selectEdgesBetween = compileOnce((db, given: { organization: string; first: string; last: string }) =>
  db
    .selectFrom('members')
    .where('organization', '=', given.organization)
    .where('member_id', '>=', given.first)
    .where('member_id', '<=', given.last)
    .select(['member_id as memberId', 'group_id as groupId'])
    .orderBy('member_id')
    .limit(sql.lit(mostBetween + 1)),
);

interface Edge {
  readonly place: number;
  readonly groupId: string;
}

async function readEdges(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  memberIds: readonly string[],
  adjacent: boolean,
): Promise<readonly Edge[]> {
  const [first, last] = [memberIds[0], memberIds.at(-1)];
  if (adjacent && first !== undefined && last !== undefined) {
    const rows = await selectEdgesBetween(db, { organization, first, last });
    if (rows.length <= mostBetween) {
      const placeOf = placesOf(memberIds);
      const edges: Edge[] = [];
      for (const { memberId, groupId } of rows) {
        const place = placeOf(memberId);
        if (place !== undefined) edges.push({ place, groupId });
      }
      return edges;
    }
  }
  return selectEdges(db, { organization, memberIds: JSON.stringify(memberIds) });
}

/** The place of each id in a list, mostly asked for in the order of the list: then nothing is looked up. */
function placesOf(ids: readonly string[]): (id: string) => number | undefined {
  let places: Map<string, number> | undefined;
  let last = 0;
  return (id) => {
    if (ids[last] === id) return last;
    if (ids[last + 1] === id) {
      last += 1;
      return last;
    }
    places ??= new Map(ids.map((one, place) => [one, place]));
    const place = places.get(id);
    last = place ?? last;
    return place;
  };
}

const selectGroups = compileOnce((db, given: { organization: string; groupIds: string }) =>
  db
    .selectFrom('resources')
    .where('resources.organization', '=', given.organization)
    .where('resources.id', 'in', idsOf(given.groupIds))
    .select((build) => ['resources.id as groupId', 'resources.display', isNested(build, given.organization)]),
);

/** Whether the group of a row is in another one: 0 or 1. */
function isNested(build: ExpressionBuilder<Tables, 'resources'>, organization: string) {
  const above = build
    .selectFrom('members as above')
    .select('above.group_id')
    .whereRef('above.member_id', '=', 'resources.id')
    .where('above.organization', '=', organization);
  return build.case().when(build.exists(above)).then(build.lit(1)).else(build.lit(0)).end().as('nested');
}

/** The groups that each of these members is in by itself, in the order of the members. */
async function readGroups(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  memberIds: readonly string[],
  adjacent: boolean,
): Promise<readonly (readonly Group[])[]> {
  const [memberId] = memberIds;
  if (memberIds.length === 1 && memberId !== undefined) {
    const rows = await selectGroupsOfOne(db, { organization, memberId });
    if (rows.length > maxMemberships) throw tooMany();
    return [rows.map(toGroup)];
  }
  const edges = await readEdges(db, { organization }, memberIds, adjacent);
  if (edges.length > maxMemberships) throw tooMany();
  const groups = new Map<string, Group | undefined>();
  for (const { groupId } of edges) groups.set(groupId, undefined);
  const rows =
    groups.size === 0 ? [] : await selectGroups(db, { organization, groupIds: JSON.stringify([...groups.keys()]) });
  for (const row of rows) groups.set(row.groupId, toGroup(row));
  const ofMembers: Group[][] = memberIds.map(() => []);
  for (const { place, groupId } of edges) {
    const group = groups.get(groupId);
    // It may have been deleted since.
    if (group !== undefined) ofMembers[place]?.push(group);
  }
  return ofMembers;
}

function toGroup({ groupId, display, nested }: { groupId: string; display: string | null; nested: number }): Group {
  const named = { groupId, display: display ?? '' };
  return { direct: { ...named, type: 'direct' }, indirect: { ...named, type: 'indirect' }, nested: nested === 1 };
}

function tooMany(): ScimError {
  return new ScimError(400, 'tooMany', 'These users are in too many groups; leave out groups with excludedAttributes.');
}

function byGroupId(left: Membership, right: Membership): number {
  return left.groupId < right.groupId ? -1 : 1;
}
