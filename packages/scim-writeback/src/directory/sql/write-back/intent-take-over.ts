import type { Kysely } from 'kysely';
import { type Intent, longestLeaseMs } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { epochMs, selectIntents, toIntent, unsettled } from './intent-rows.ts';

/** See `IntentStore.takeOver`. */
export async function takeOverIntents(
  db: Kysely<Tables>,
  scope: Scope,
  owner: string,
  leaseMs: number,
  limit: number,
  except: readonly string[],
): Promise<readonly Intent[]> {
  const now = epochMs(scope);
  await db
    .updateTable('intents')
    .set({ lease_until: now + longestLeaseMs })
    .where('organization', '=', scope.organization)
    .where(unsettled)
    .where('lease_until', '>', now + longestLeaseMs)
    .execute();
  const rows = await selectIntents(db, scope)
    .where(unsettled)
    .where('state', '=', 'open')
    .where('lease_until', '<=', now)
    .where('id', 'not in', [...except, ''])
    .orderBy('opened_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  const taken: Intent[] = [];
  for (const row of rows) taken.push(await take(db, scope, toIntent(row), owner, leaseMs));
  return taken;
}

/** See `IntentStore.seize`. */
export async function seizeIntent(
  db: Kysely<Tables>,
  scope: Scope,
  id: string,
  owner: string,
  leaseMs: number,
): Promise<Intent | undefined> {
  const row = await selectIntents(db, scope).where('id', '=', id).where(unsettled).executeTakeFirst();
  if (row === undefined || (row.state === 'open' && row.attempt === 1)) return undefined;
  return take(db, scope, toIntent(row), owner, leaseMs);
}

/** What is given says whether the next operation may have been asked for before. */
async function take(db: Kysely<Tables>, scope: Scope, intent: Intent, owner: string, leaseMs: number): Promise<Intent> {
  const attempt = intent.attempt + 1;
  const now = epochMs(scope);
  const leaseUntil = now + Math.min(leaseMs, longestLeaseMs);
  const idleMs = Math.max(0, now - Date.parse(intent.leaseUntil));
  await db
    .updateTable('intents')
    .set({ state: 'open', owner, attempt, asked: 1, lease_until: leaseUntil })
    .where('organization', '=', scope.organization)
    .where('id', '=', intent.id)
    .execute();
  return { ...intent, state: 'open', owner, attempt, leaseUntil: new Date(leaseUntil).toISOString(), idleMs };
}
