import type { Kysely } from 'kysely';
import type {
  ApplicationOperation,
  ApplicationRefusal,
  Intent,
  IntentRequest,
  IntentStore,
  OpenOptions,
} from '../../write-back.ts';
import { longestLeaseMs } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { SqlAccess } from '../sql-access.ts';
import type { Tables } from '../tables.ts';
import { applyIntent } from './intent-apply.ts';
import { forgetClosedIntents, refuseIntent } from './intent-close.ts';
import { applyJoined } from './intent-join.ts';
import { openIntent } from './intent-open.ts';
import { epochMs, heldIntent, selectIntents, toIntent, unsettled } from './intent-rows.ts';
import { seizeIntent, takeOverIntents } from './intent-take-over.ts';

/** The intents of one organization in a database. */
export class SqlIntentStore implements IntentStore {
  readonly #access: SqlAccess;
  readonly #scope: Scope;

  constructor(access: SqlAccess, scope: Scope) {
    this.#access = access;
    this.#scope = scope;
  }

  open(request: IntentRequest, options: OpenOptions) {
    return this.#access.write((db) => openIntent(db, this.#scope, request, options));
  }

  advance(intent: Intent, done: Parameters<IntentStore['advance']>[1], leaseMs: number) {
    const { operations, nativeId, asked = true } = done;
    const change = { done: operations, asked: asked ? 1 : 0, ...(nativeId !== undefined && { native_id: nativeId }) };
    return this.#writeHeld(intent, (held) => held.set({ ...change, lease_until: this.#leaseUntil(leaseMs) }));
  }

  renew(intent: Intent, leaseMs: number, reason?: string) {
    return this.#writeHeld(intent, (held) =>
      held.set({ lease_until: this.#leaseUntil(leaseMs), ...(reason !== undefined && { reason }) }),
    );
  }

  turnBack(intent: Intent, undoing: readonly ApplicationOperation[], refusal: ApplicationRefusal) {
    const { organization } = this.#scope;
    const operations = JSON.stringify([...intent.operations.slice(0, intent.done), ...undoing]);
    return this.#access.write(async (db) => {
      const held = await heldIntent(db, this.#scope, intent)
        .set({ refusal: JSON.stringify(refusal) })
        .execute();
      if (held.length === 0) return false;
      await db
        .updateTable('intent_contents')
        .set({ operations })
        .where('organization', '=', organization)
        .where('id', '=', intent.id)
        .execute();
      return true;
    });
  }

  apply(intent: Intent, nativeId?: string) {
    return this.#access.write((db) => applyIntent(db, this.#scope, intent, nativeId));
  }

  applyJoined(intent: Intent, carry: Parameters<IntentStore['applyJoined']>[1]) {
    return this.#access.write((db) => applyJoined(db, this.#scope, intent, carry));
  }

  refuse(intent: Intent, refusal: ApplicationRefusal) {
    return this.#access.write((db) => refuseIntent(db, this.#scope, intent, refusal));
  }

  needAttention(intent: Intent, reason: string) {
    return this.#writeHeld(intent, (held) => held.set({ state: 'needs-attention', reason }));
  }

  takeOver(owner: string, leaseMs: number, limit: number, except: readonly string[]) {
    return this.#access.write((db) => takeOverIntents(db, this.#scope, owner, leaseMs, limit, except));
  }

  seize(id: string, owner: string, leaseMs: number) {
    return this.#access.write((db) => seizeIntent(db, this.#scope, id, owner, leaseMs));
  }

  async get(id: string) {
    const row = await selectIntents(this.#access.read, this.#scope).where('id', '=', id).executeTakeFirst();
    return row && toIntent(row);
  }

  async list() {
    const rows = await selectIntents(this.#access.read, this.#scope)
      .where(unsettled)
      .orderBy('opened_at')
      .orderBy('id')
      .execute();
    return rows.map(toIntent);
  }

  forgetClosed() {
    return this.#access.write((db) => forgetClosedIntents(db, this.#scope));
  }

  #leaseUntil(leaseMs: number): number {
    return epochMs(this.#scope) + Math.min(leaseMs, longestLeaseMs);
  }

  /** Changes the intent if it is still held in this attempt; says whether it was. */
  #writeHeld(intent: Intent, change: (held: Held) => Held): Promise<boolean> {
    return this.#access.write(async (db: Kysely<Tables>) => {
      const rows = await change(heldIntent(db, this.#scope, intent)).execute();
      return rows.length > 0;
    });
  }
}

type Held = ReturnType<typeof heldIntent>;
