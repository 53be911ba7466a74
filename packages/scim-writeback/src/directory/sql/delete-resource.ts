import type { Kysely } from 'kysely';
import type { ChangeContext, ChangedFacts, ResourceKind, StoredResource } from '../directory.ts';
import { countResource } from './count-resources.ts';
import { findForChange, timeOfChange } from './find-resource.ts';
import { recordChange } from './record-change.ts';
import type { Scope } from './scope.ts';
import { keepSearchedValues } from './searched-values.ts';
import type { Tables } from './tables.ts';

/** See `OrganizationDirectory.delete`. */
export async function deleteResource(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  id: string,
  check: (current: StoredResource) => void,
  context: ChangeContext,
): Promise<void> {
  const { organization } = scope;
  const current = await findForChange(db, scope, kind, id);
  check(current);
  const at = timeOfChange(scope, current);
  const groupsLeft = await leaveGroups(db, scope, id, at);
  if (kind === 'Group') {
    await db.deleteFrom('members').where('organization', '=', organization).where('group_id', '=', id).execute();
  }
  await keepSearchedValues(db, scope, current, current.attributes, undefined);
  await db.deleteFrom('unique_values').where('organization', '=', organization).where('id', '=', id).execute();
  await db.deleteFrom('resources').where('organization', '=', organization).where('id', '=', id).execute();
  await countResource(db, scope, kind, -1);
  const facts: ChangedFacts = groupsLeft.length > 0 ? { groupsLeft } : {};
  await recordChange(db, scope, { kind, id, operation: 'delete', facts, at }, context);
}

/** Takes a resource out of the groups that it is a member of; these get a new version. */
async function leaveGroups(
  db: Kysely<Tables>,
  { organization }: Scope,
  id: string,
  at: string,
): Promise<readonly string[]> {
  const groups = db
    .selectFrom('members')
    .select('group_id')
    .where('organization', '=', organization)
    .where('member_id', '=', id);
  await db
    .updateTable('resources')
    .set((eb) => ({
      version: eb('version', '+', 1),
      last_modified: eb.case().when('last_modified', '<', at).then(at).else(eb.ref('last_modified')).end(),
    }))
    .where('organization', '=', organization)
    .where('id', 'in', groups)
    .execute();
  const left = await db
    .deleteFrom('members')
    .where('organization', '=', organization)
    .where('member_id', '=', id)
    .returning('group_id')
    .execute();
  return left.map(({ group_id }) => group_id).sort();
}
