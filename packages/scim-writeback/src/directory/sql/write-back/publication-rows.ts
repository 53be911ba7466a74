import type { Kysely } from 'kysely';
import {
  initialPublicationState,
  type PublicationKey,
  type PublicationState,
  type PublicationView,
} from '../../publications.ts';
import type { Tables } from '../tables.ts';

/** Rows of publications, each with what its organization stands at: one statement, so that all of it is of one moment. */
export function publicationRows(db: Kysely<Tables>) {
  return db
    .selectFrom('publications')
    .innerJoin('organizations', 'organizations.id', 'publications.organization')
    .select([
      'publications.organization',
      'provider',
      'data_source as dataSource',
      'state',
      'owner',
      'epoch',
      'lease_until as leaseUntil',
      'organizations.revision',
    ])
    .select((expression) => [
      expression
        .selectFrom('bases')
        .select((base) => base.fn.max('generation').as('last'))
        .whereRef('bases.organization', '=', 'publications.organization')
        .as('generation'),
      expression.selectFrom('incarnation').select('id').as('incarnation'),
    ])
    .orderBy('publications.organization')
    .orderBy('provider')
    .orderBy('data_source');
}

type PublicationRow = Awaited<ReturnType<ReturnType<typeof publicationRows>['execute']>>[number];

/** A publication from its row. */
export async function readView(db: Kysely<Tables>, row: PublicationRow, now: number): Promise<PublicationView> {
  const { organization, provider, dataSource, revision, generation, incarnation } = row;
  const state = readState(row.state);
  const current = { revision, generation: generation ?? undefined, incarnation: incarnation ?? undefined };
  return {
    key: { organization, provider, dataSource },
    state,
    lease: row.owner === null ? undefined : { owner: row.owner, epoch: row.epoch, until: row.leaseUntil },
    current,
    behindSince: await behindSince(db, organization, state),
    now,
  };
}

/** When what is not published was changed or accepted first. */
async function behindSince(
  db: Kysely<Tables>,
  organization: string,
  { published }: PublicationState,
): Promise<number | undefined> {
  const base = await db
    .selectFrom('bases')
    .select('accepted_at as at')
    .where('organization', '=', organization)
    .where('generation', '>', published?.generation ?? 0)
    .orderBy('generation')
    .limit(1)
    .executeTakeFirst();
  if (published === undefined) return instantOf(base?.at);
  const change = await db
    .selectFrom('changes')
    .select('at')
    .where('organization', '=', organization)
    .where('revision', '>', published.revision)
    .orderBy('revision')
    .limit(1)
    .executeTakeFirst();
  const instants = [instantOf(base?.at), instantOf(change?.at)].filter((at) => at !== undefined);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** Milliseconds since 1970 of a time in the form of `canonicalInstant`, which is UTC without saying so. */
function instantOf(at: string | undefined): number | undefined {
  return at === undefined ? undefined : Date.parse(`${at}Z`);
}

/** The state that a text holds; an earlier version of this program may have written less. */
export function readState(text: string): PublicationState {
  return { ...initialPublicationState, ...JSON.parse(text) };
}

/** Binds a query to one publication. */
export function isPublication({ organization, provider, dataSource }: PublicationKey) {
  return { organization, provider, data_source: dataSource };
}
