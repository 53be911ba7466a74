import type { Kysely } from 'kysely';
import type { ApplicationRefusal, Intent } from '../../write-back.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { hourMs } from './intent-limits.ts';
import { giveBackValues } from './intent-reservations.ts';
import { epochMs, heldIntent, readEffect } from './intent-rows.ts';

/** Somebody who waits for the outcome of an intent asks within seconds. */
const keptClosedMs = 600_000;
const forgottenAtOnce = 1000;

/** See `IntentStore.refuse`. */
export async function refuseIntent(
  db: Kysely<Tables>,
  scope: Scope,
  intent: Intent,
  refusal: ApplicationRefusal,
): Promise<boolean> {
  const held = await heldIntent(db, scope, intent)
    .set({ state: 'refused', closed_at: epochMs(scope), refusal: JSON.stringify(refusal) })
    .executeTakeFirst();
  if (held === undefined) return false;
  await giveBackValues(db, scope, (await readEffect(db, scope, intent.id)).reserved);
  return true;
}

/** See `IntentStore.forgetClosed`. What was taken away within the hour is still counted: see `overLimit`. */
export async function forgetClosedIntents(db: Kysely<Tables>, scope: Scope): Promise<void> {
  const now = epochMs(scope);
  const { organization } = scope;
  const rows = await db
    .selectFrom('intents')
    .select('id')
    .where('organization', '=', organization)
    .where('closed_at', '<', now - keptClosedMs)
    .where((eb) =>
      eb.or([
        eb.and([eb('users_removed', '=', 0), eb('groups_removed', '=', 0), eb('memberships_removed', '=', 0)]),
        eb('opened_at', '<=', now - hourMs),
      ]),
    )
    .limit(forgottenAtOnce)
    .execute();
  if (rows.length === 0) return;
  const ids = idsOf(JSON.stringify(rows.map(({ id }) => id)));
  for (const table of ['intents', 'intent_contents'] as const) {
    await db.deleteFrom(table).where('organization', '=', organization).where('id', 'in', ids).execute();
  }
}
