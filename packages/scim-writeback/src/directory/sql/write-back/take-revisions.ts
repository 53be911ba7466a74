import type { Kysely } from 'kysely';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { unknownOrganization } from '../unknown-organization.ts';

const addToRevision = compileOnce((db, given: { organization: string; count: number }) =>
  db
    .updateTable('organizations')
    .set((build) => ({ revision: build('revision', '+', given.count) }))
    .where('id', '=', given.organization)
    .returning('revision'),
);

/**
 * Takes numbers for changes that follow one another. Each of them has to be used: an organization's revisions have no gaps.
 *
 * @returns the first of them
 * @throws InputError for an organization that is not there
 */
export async function takeRevisions(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  count: number,
): Promise<number> {
  const [counter] = await addToRevision(db, { organization, count });
  if (counter === undefined) throw unknownOrganization(organization);
  return counter.revision - count + 1;
}
