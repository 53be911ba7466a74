import type { Kysely } from 'kysely';
import type { ResourceKind } from '../directory.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

/** Keeps the number of resources of a kind in step with one that came or went. */
export async function countResource(
  db: Kysely<Tables>,
  { organization }: Scope,
  kind: ResourceKind,
  by: 1 | -1,
): Promise<void> {
  await db
    .insertInto('resource_counts')
    .values({ organization, kind, count: by })
    .onConflict((conflict) =>
      conflict.columns(['organization', 'kind']).doUpdateSet((eb) => ({ count: eb('resource_counts.count', '+', by) })),
    )
    .execute();
}
