import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { rowNumber } from './row-number.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** So many groups may be above one another's members; a directory of people has a handful. */
const maxAncestors = 10_000;

/**
 * Refuses a group that is a member of itself, directly or through others, after members were added to it: who is in it
 * could not be said by going down.
 *
 * @throws ScimError 400 `invalidValue`
 */
export async function refuseCycle(db: Kysely<Tables>, { organization }: Scope, groupId: string): Promise<void> {
  // SQLite takes cross joins in the order in which they are written; else it would begin with all members.
  const above = await db
    .withRecursive('above(id)', (query) =>
      query
        .selectFrom('members')
        .select('members.group_id as id')
        .where('members.organization', '=', organization)
        .where('members.member_id', '=', groupId)
        .union(
          query
            .selectFrom('above')
            .crossJoin('members')
            .whereRef('members.member_id', '=', 'above.id')
            .select('members.group_id as id')
            .where('members.organization', '=', organization),
        ),
    )
    .selectFrom('above')
    .select('id')
    .limit(rowNumber(maxAncestors + 1))
    .execute();
  if (above.some(({ id }) => id === groupId)) {
    throw new ScimError(400, 'invalidValue', 'A group cannot be a member of itself, directly or through other groups.');
  }
  if (above.length > maxAncestors) {
    throw new ScimError(400, 'invalidValue', `A group cannot be within more than ${maxAncestors} groups.`);
  }
}
