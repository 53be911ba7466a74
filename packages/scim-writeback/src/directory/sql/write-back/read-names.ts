import type { Kysely } from 'kysely';
import type { ResourceKind } from '../../directory.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** What all users or groups are called, folded with `foldCase`, by id. */
export async function readNames(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  kind: ResourceKind,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('resources')
    .select(['id', kind === 'User' ? 'user_name as name' : 'display_name as name'])
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .execute();
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}
