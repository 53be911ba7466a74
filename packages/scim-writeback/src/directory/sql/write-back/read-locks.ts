import type { Kysely } from 'kysely';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Resources that an open intent has: what the application knows of them is about to change, or nobody can say. */
export interface Locks {
  /** Ids of resources whose facts are in flight. */
  readonly facts: ReadonlySet<string>;
  /** Those of them that may be gone when the intent is done: their memberships are in flight, too. */
  readonly existence: ReadonlySet<string>;
}

/** Reads what open intents, and those that need attention, are about. */
export async function readLocks(db: Kysely<Tables>, { organization }: Pick<Scope, 'organization'>): Promise<Locks> {
  const rows = await db
    .selectFrom('intents')
    .select(['resource_id', 'users_removed', 'groups_removed'])
    .where('organization', '=', organization)
    .where('state', 'in', ['open', 'needs-attention'])
    .execute();
  const leaving = rows.filter(({ users_removed, groups_removed }) => users_removed + groups_removed > 0);
  return {
    facts: new Set(rows.map(({ resource_id }) => resource_id)),
    existence: new Set(leaving.map(({ resource_id }) => resource_id)),
  };
}
