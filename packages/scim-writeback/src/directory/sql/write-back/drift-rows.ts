import type { Kysely } from 'kysely';
import type { DriftRecord } from '../../write-back.ts';
import { chunks } from '../chunks.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** All drift that is open, in the order of kinds, ids and facts. */
export async function readDrifts(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
): Promise<readonly DriftRecord[]> {
  return db
    .selectFrom('drifts')
    .select(['kind', 'id', 'fact', 'generation'])
    .where('organization', '=', organization)
    .orderBy('kind')
    .orderBy('id')
    .orderBy('fact')
    .execute();
}

/** Makes `drifts` all that is open. */
export async function replaceDrifts(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  drifts: readonly DriftRecord[],
): Promise<void> {
  await db.deleteFrom('drifts').where('organization', '=', organization).execute();
  for (const part of chunks(drifts)) {
    await db
      .insertInto('drifts')
      .values(part.map(({ kind, id, fact, generation }) => ({ organization, kind, id, fact, generation })))
      .execute();
  }
}
