import type { Kysely } from 'kysely';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { contentOf, toEffect } from './intent-rows.ts';

/** Resources that an open intent has: what the application knows of them is about to change, or nobody can say. */
export interface Locks {
  /** Ids of resources whose facts are in flight. */
  readonly facts: ReadonlySet<string>;
  /** Those of them that are being made or deleted: their memberships are in flight, too. */
  readonly existence: ReadonlySet<string>;
}

/** Reads what open intents, and those that need attention, are about. */
export async function readLocks(db: Kysely<Tables>, { organization }: Pick<Scope, 'organization'>): Promise<Locks> {
  const rows = await db
    .selectFrom('intents')
    .select('resource_id')
    .select(contentOf('effect'))
    .where('organization', '=', organization)
    .where('state', 'in', ['open', 'needs-attention'])
    .execute();
  const facts = new Set<string>();
  const existence = new Set<string>();
  for (const { resource_id, effect } of rows) {
    facts.add(resource_id);
    if (toEffect(effect).type !== 'update') existence.add(resource_id);
  }
  return { facts, existence };
}
