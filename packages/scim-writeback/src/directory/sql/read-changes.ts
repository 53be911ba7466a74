import type { Kysely } from 'kysely';
import type { ChangeRow } from '../directory.ts';
import { rowNumber } from './row-number.ts';
import type { Tables } from './tables.ts';
import { unknownOrganization } from './unknown-organization.ts';

/** See `OrganizationDirectory.revision`. */
export async function readRevision(db: Kysely<Tables>, organization: string): Promise<number> {
  const row = await db.selectFrom('organizations').select('revision').where('id', '=', organization).executeTakeFirst();
  if (row === undefined) throw unknownOrganization(organization);
  return row.revision;
}

/** See `OrganizationDirectory.changes`. */
export async function readChanges(
  db: Kysely<Tables>,
  organization: string,
  after: number,
  limit: number,
): Promise<readonly ChangeRow[]> {
  const rows = await db
    .selectFrom('changes')
    .select(['revision', 'kind', 'id', 'operation', 'facts', 'actor', 'request_id as requestId', 'origin', 'at'])
    .where('organization', '=', organization)
    .where('revision', '>', after)
    .orderBy('revision')
    .limit(rowNumber(limit))
    .execute();
  return rows.map(({ facts, ...row }) => ({ ...row, facts: JSON.parse(facts) }));
}
