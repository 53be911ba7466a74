import type { Base } from './merge/read-base.ts';

/** How many of each kind a base has, for people who look at the list of bases. */
export function countFacts({
  application,
  users,
  groups,
  permissions,
  grants,
}: Base): Readonly<Record<string, number>> {
  const parents = [...users, ...groups].map(({ entity }) => entity.groups?.length ?? 0);
  return {
    users: users.length,
    groups: groups.length,
    memberships: parents.reduce((sum, count) => sum + count, 0),
    roles: application.local_roles?.length ?? 0,
    permissions: permissions.length,
    identitiesWithGrants: grants.length,
  };
}
