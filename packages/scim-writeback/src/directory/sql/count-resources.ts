import type { Kysely } from 'kysely';
import type { ResourceKind } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

const addToCount = compileOnce((db, given: Tables['resource_counts']) =>
  db
    .insertInto('resource_counts')
    .values({ organization: given.organization, kind: given.kind, count: given.count })
    .onConflict((conflict) =>
      conflict
        .columns(['organization', 'kind'])
        .doUpdateSet((eb) => ({ count: eb('resource_counts.count', '+', eb.ref('excluded.count')) })),
    ),
);

/** Keeps the number of resources of a kind in step with those that came or went. */
export async function countResource(
  db: Kysely<Tables>,
  { organization }: Scope,
  kind: ResourceKind,
  by: number,
): Promise<void> {
  await addToCount(db, { organization, kind, count: by });
}
