import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { Turns } from '../../turns/turns.ts';
import type { ResourceKind } from '../directory.ts';
import { chunks } from './chunks.ts';
import { compileOnce } from './compile-once.ts';
import { idsOf } from './id-list.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

export interface AddedMember {
  readonly id: string;
  readonly kind: ResourceKind;
}

/**
 * Adds members to a group; gives those who were not there before. Of what a request says of a member only the id counts;
 * of one that is no resource of the organization, the kind does as well: one whose kind is told otherwise than before is
 * given as if it came.
 *
 * @throws ScimError 400 `invalidValue` for members that are not resources of the organization, unless these are accepted
 */
export async function addMembers(
  db: Kysely<Tables>,
  scope: Scope,
  groupId: string,
  members: readonly ScimObject[],
  turns: Turns,
): Promise<readonly AddedMember[]> {
  const added: AddedMember[] = [];
  for (const part of chunks(members)) {
    if (turns.isOver) await turns.next();
    const wanted = new Map(part.map((member) => [String(member.value), member]));
    const { organization } = scope;
    const known = await insertResources(db, { organization, groupId, ids: JSON.stringify([...wanted.keys()]) });
    added.push(...known);
    for (const { id } of known) wanted.delete(id);
    if (wanted.size === 0) continue;
    const present = await selectPresent(db, { organization, groupId, ids: JSON.stringify([...wanted.keys()]) });
    for (const member of present) {
      const kind = kindOf(wanted.get(member.id));
      wanted.delete(member.id);
      if (kind === undefined || kind === member.kind || member.known === 1) continue;
      await setKind(db, { organization, groupId, id: member.id, kind });
      added.push({ id: member.id, kind });
    }
    if (wanted.size === 0) continue;
    if (scope.unknownMembers === 'reject') throw unknownMembers(wanted.size);
    added.push(...(await insertUnknown(db, scope, groupId, [...wanted.values()])));
  }
  return added;
}

interface Given {
  readonly organization: string;
  readonly groupId: string;
  /** A JSON list of ids. */
  readonly ids: string;
}

/** One statement for what is the rule: the kind comes from the resource itself, which has to be of the organization. */
const insertResources = compileOnce((db, given: Given) =>
  db
    .insertInto('members')
    .columns(['organization', 'group_id', 'member_id', 'member_kind'])
    .expression((build) =>
      build
        .selectFrom('resources')
        .select((columns) => [
          'resources.organization',
          columns.val(given.groupId).as('group_id'),
          'resources.id as member_id',
          'resources.kind as member_kind',
        ])
        .where('resources.organization', '=', given.organization)
        .where('resources.id', 'in', idsOf(given.ids)),
    )
    .onConflict((conflict) => conflict.columns(['organization', 'group_id', 'member_id']).doNothing())
    .returning(['member_id as id', 'member_kind as kind']),
);

const selectPresent = compileOnce((db, given: Given) =>
  db
    .selectFrom('members')
    .select((build) => [
      'member_id as id',
      'member_kind as kind',
      build
        .case()
        .when(
          build.exists(
            build
              .selectFrom('resources')
              .select('resources.id')
              .whereRef('resources.id', '=', 'members.member_id')
              .where('resources.organization', '=', given.organization),
          ),
        )
        .then(build.lit(1))
        .else(build.lit(0))
        .end()
        .as('known'),
    ])
    .where('organization', '=', given.organization)
    .where('group_id', '=', given.groupId)
    .where('member_id', 'in', idsOf(given.ids)),
);

const setKind = compileOnce((db, given: { organization: string; groupId: string; id: string; kind: ResourceKind }) =>
  db
    .updateTable('members')
    .set({ member_kind: given.kind })
    .where('organization', '=', given.organization)
    .where('group_id', '=', given.groupId)
    .where('member_id', '=', given.id),
);

/** What a request says of the kind of a member. */
function kindOf(member: ScimObject | undefined): ResourceKind | undefined {
  const type = member?.type;
  return type === 'User' || type === 'Group' ? type : undefined;
}

/** Nothing is known of these but what the request says. */
async function insertUnknown(
  db: Kysely<Tables>,
  { organization }: Scope,
  groupId: string,
  members: readonly ScimObject[],
): Promise<readonly AddedMember[]> {
  const added = members.map((member): AddedMember => ({ id: String(member.value), kind: kindOf(member) ?? 'User' }));
  await db
    .insertInto('members')
    .values(added.map(({ id, kind }) => ({ organization, group_id: groupId, member_id: id, member_kind: kind })))
    .execute();
  return added;
}

function unknownMembers(count: number): ScimError {
  const what =
    count === 1
      ? 'One of the members is neither a User nor a Group'
      : `${count} of the members are neither Users nor Groups`;
  return new ScimError(400, 'invalidValue', `${what} of this service; create them before they are added.`);
}
