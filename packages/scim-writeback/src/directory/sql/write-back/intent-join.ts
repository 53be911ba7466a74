import { type Kysely, sql } from 'kysely';
import { ScimError } from '../../../protocol/errors/scim-error.ts';
import type { ApplicationRefusal, Intent, IntentStore, JoinedAnswer, JoinedOutcome } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { closeAsApplied, writeEffect } from './intent-apply.ts';
import { refuseIntent } from './intent-close.ts';
import { heldIntent, readEffect } from './intent-rows.ts';
import { lendTransaction } from './sql-transaction.ts';

/** See `IntentStore.applyJoined`. */
export async function applyJoined(
  db: Kysely<Tables>,
  scope: Scope,
  intent: Intent,
  carry: Parameters<IntentStore['applyJoined']>[1],
): Promise<JoinedOutcome | undefined> {
  // Who has lost the intent does nothing in the application either.
  const held = await heldIntent(db, scope, intent).set({ asked: 1 }).execute();
  if (held.length === 0) return undefined;
  await sql`savepoint joining`.execute(db);
  const outcome = await joined(db, scope, intent, carry);
  if (outcome.type === 'refused') await sql`rollback to savepoint joining`.execute(db);
  await sql`release savepoint joining`.execute(db);
  if (outcome.type === 'refused') await refuseIntent(db, scope, intent, outcome.refusal);
  return outcome;
}

/** What is thrown ends the transaction, with all that is in it. */
async function joined(
  db: Kysely<Tables>,
  scope: Scope,
  intent: Intent,
  carry: Parameters<IntentStore['applyJoined']>[1],
): Promise<JoinedOutcome> {
  const transaction = lendTransaction(db);
  let answer: JoinedAnswer;
  try {
    answer = await carry(transaction);
  } finally {
    await transaction.end();
  }
  if (answer.type === 'refused') return answer;
  const { nativeId } = answer;
  if ((await closeAsApplied(db, scope, intent, nativeId)) === undefined) {
    throw new Error('The intent was closed by what joined its transaction.');
  }
  try {
    const effect = await readEffect(db, scope, intent.id);
    return { type: 'applied', applied: await writeEffect(db, scope, intent, effect, nativeId) };
  } catch (error) {
    if (error instanceof ScimError) return { type: 'refused', refusal: refusalOf(error) };
    throw error;
  }
}

function refusalOf({ status, detail }: ScimError): ApplicationRefusal {
  const kinds = { 404: 'not-found', 409: 'conflict' } as const;
  const kind = status === 404 || status === 409 ? kinds[status] : 'invalid';
  return { reason: detail, kind };
}
