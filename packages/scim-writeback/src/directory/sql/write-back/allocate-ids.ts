import { foldKey } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { isLegalScimId } from '../../../base/merge/legal-scim-id.ts';
import type { BaseRow } from '../../../base/merge/read-base.ts';
import type { ResourceKind } from '../../directory.ts';
import { chunks } from '../chunks.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { liveKeys } from './link-rows.ts';

/**
 * Gives SCIM ids to rows that become resources: the base's, where it is legal and was never given to anybody (RFC 7643 s3.1),
 * so that both sides show the same; else a new one. What is the key of somebody else, whom a base without ids has shown under
 * that name, is not given either: where the key of a row is taken, its id is to be its key.
 *
 * @param given ids that were given in this base already, to which those of the rows are added
 */
export async function allocateIds(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  rows: readonly BaseRow[],
  given: Set<string>,
): Promise<readonly string[]> {
  const wanted = rows.map(({ entity: { id } }) => (id !== undefined && isLegalScimId(id) ? id : undefined));
  const used = new Set<string>();
  const keys = new Set<string>();
  for (const part of chunks(wanted.filter((id) => id !== undefined))) {
    for (const id of await usedIds(db, scope, JSON.stringify(part))) used.add(id);
    for (const key of await liveKeys(db, scope, kind, part.map(foldKey))) keys.add(key);
  }
  const isFree = (id: string) => !used.has(id) && !given.has(id) && !keys.has(foldKey(id));
  return wanted.map((id) => {
    const free = id !== undefined && isFree(id) ? id : scope.newId();
    given.add(free);
    return free;
  });
}

/** Those of the ids that a resource has or had, or that an open intent is going to give. */
async function usedIds(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  ids: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('resources')
    .select('id')
    .where('organization', '=', organization)
    .where('id', 'in', idsOf(ids))
    .union(db.selectFrom('changes').select('id').where('organization', '=', organization).where('id', 'in', idsOf(ids)))
    .union(db.selectFrom('links').select('id').where('organization', '=', organization).where('id', 'in', idsOf(ids)))
    .union(
      db
        .selectFrom('intents')
        .select('resource_id as id')
        .where('organization', '=', organization)
        .where('resource_id', 'in', idsOf(ids)),
    )
    .execute();
  return rows.map(({ id }) => id);
}
