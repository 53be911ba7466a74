import { foldKey } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { fillNativeId } from './link-state.ts';
import type { LinkedRows } from './linked-rows.ts';

/** Writes what linking found out about links that there are, or should be. */
export async function keepLinking(
  db: Kysely<Tables>,
  scope: Scope,
  { nativeIds, tombstones }: LinkedRows,
): Promise<void> {
  for (const one of nativeIds) await fillNativeId(db, scope, one);
  for (const { kind, id, key, nativeId, state, since } of tombstones) {
    await db
      .insertInto('links')
      .values({
        organization: scope.organization,
        kind,
        id,
        key,
        folded_key: foldKey(key),
        native_id: nativeId ?? null,
        state,
        since,
      })
      .execute();
  }
}
