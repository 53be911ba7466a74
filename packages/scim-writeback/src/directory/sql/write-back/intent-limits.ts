import { type Kysely, sql } from 'kysely';
import type { Opened, OpenOptions, Removals } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { epochMs } from './intent-rows.ts';

export const hourMs = 3_600_000;

/** Whether a credential would have taken away more within an hour than it may; what the application refused does not count. */
export async function overLimit(
  db: Kysely<Tables>,
  scope: Scope,
  removals: Removals,
  { context, removalLimits = {} }: OpenOptions,
): Promise<Extract<Opened, { type: 'over-limit' }> | undefined> {
  for (const kind of ['users', 'groups', 'memberships'] as const) {
    const limit = removalLimits[kind];
    if (limit === undefined || removals[kind] === 0) continue;
    const now = epochMs(scope);
    const column = `${kind}_removed` as const;
    const { removed, first } = await db
      .selectFrom('intents')
      .select((eb) => [
        eb.fn.coalesce(eb.fn.sum<number>(column), sql<number>`0`).as('removed'),
        eb.fn.min('opened_at').as('first'),
      ])
      .where('organization', '=', scope.organization)
      .where('actor', '=', context.actor)
      .where('opened_at', '>', now - hourMs)
      // Of a clock that was set back; else nothing could be taken away until that time comes again.
      .where('opened_at', '<=', now + hourMs)
      .where('state', '!=', 'refused')
      .where(column, '>', 0)
      .where(sql<boolean>`users_removed + groups_removed + memberships_removed > 0`)
      .executeTakeFirstOrThrow();
    if (removed + removals[kind] > limit) {
      return { type: 'over-limit', kind, limit, waitMs: Math.max(1000, (first ?? now) + hourMs - now) };
    }
  }
  return undefined;
}
