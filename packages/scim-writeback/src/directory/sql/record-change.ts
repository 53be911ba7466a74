import type { Insertable, Kysely } from 'kysely';
import type { ChangeContext, ChangeRow } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';
import { unknownOrganization } from './unknown-organization.ts';

export type Change = Pick<ChangeRow, 'kind' | 'id' | 'operation' | 'facts' | 'at'>;

const nextRevision = compileOnce((db, given: { organization: string }) =>
  db
    .updateTable('organizations')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', given.organization)
    .returning('revision'),
);

const insertChange = compileOnce((db, given: Insertable<Tables['changes']>) =>
  db.insertInto('changes').values({
    organization: given.organization,
    revision: given.revision,
    kind: given.kind,
    id: given.id,
    operation: given.operation,
    facts: given.facts,
    actor: given.actor,
    request_id: given.request_id,
    origin: given.origin,
    at: given.at,
  }),
);

/**
 * Gives a change the next number of its organization and logs it. The last step of every change: it locks the
 * organization's counter, which all changes share, until the commit.
 *
 * @throws InputError for an organization that is not there
 */
export async function recordChange(
  db: Kysely<Tables>,
  { organization }: Scope,
  { kind, id, operation, facts, at }: Change,
  { actor, requestId, origin }: ChangeContext,
): Promise<void> {
  const [counter] = await nextRevision(db, { organization });
  if (counter === undefined) throw unknownOrganization(organization);
  await insertChange(db, {
    organization,
    revision: counter.revision,
    kind,
    id,
    operation,
    facts: JSON.stringify(facts),
    actor,
    request_id: requestId,
    origin,
    at,
  });
}
