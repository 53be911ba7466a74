import type { Removal } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { BasePlan } from './base-plan.ts';

/** How many users, groups and memberships a plan takes out of the directory, of how many that it has. */
export async function directoryRemovals(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  { deletions, members }: BasePlan,
): Promise<readonly Removal[]> {
  const left = members.reduce((sum, { remove }) => sum + remove.length, 0);
  if (deletions.length + left === 0) return [];
  const totals = await db
    .selectFrom('resource_counts')
    .select(['kind', 'count'])
    .where('organization', '=', organization)
    .execute();
  const ofKind = (kind: 'User' | 'Group') => ({
    removed: deletions.filter((one) => one.kind === kind).length,
    total: totals.find((one) => one.kind === kind)?.count ?? 0,
  });
  const countMembers = db
    .selectFrom('members')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('organization', '=', organization);
  const ids = idsOf(JSON.stringify(deletions.map(({ id }) => id)));
  const [total, gone] = await Promise.all([
    countMembers.executeTakeFirstOrThrow(),
    countMembers
      .where((build) => build.or([build('group_id', 'in', ids), build('member_id', 'in', ids)]))
      .executeTakeFirstOrThrow(),
  ]);
  return [
    { kind: 'users', ...ofKind('User') },
    { kind: 'groups', ...ofKind('Group') },
    { kind: 'memberships', removed: left + gone.count, total: total.count },
  ].filter(({ removed }) => removed > 0);
}
