import type { Kysely } from 'kysely';
import {
  initialPublicationState,
  type PublicationChange,
  type PublicationKey,
  type PublicationLease,
  type PublicationState,
  type PublicationStore,
  type PublicationView,
} from '../../publications.ts';
import { type DatabaseClock, databaseClock } from '../database-clock.ts';
import { newUuid } from '../new-id.ts';
import type { SqlAccess } from '../sql-access.ts';
import type { Tables } from '../tables.ts';
import { isPublication, publicationRows, readState, readView } from './publication-rows.ts';
import { readSnapshot } from './publication-snapshot.ts';

/** Publications in a database. */
export function sqlPublicationStore(access: SqlAccess, clock: DatabaseClock = databaseClock): PublicationStore {
  const { read, write, snapshot } = access;
  return {
    async list(organization) {
      let query = publicationRows(read);
      if (organization !== undefined) query = query.where('publications.organization', '=', organization);
      const rows = await query.execute();
      const now = await clock(read);
      return Promise.all(rows.map((row) => readView(read, row, now)));
    },

    view: (key) => findView(read, key, clock),

    claim: (key, owner, leaseMs) => write((db) => claim(db, key, owner, leaseMs, clock)),

    async release(key, { owner, epoch }) {
      await write((db) =>
        updateOf(db, key)
          .set({ owner: null, lease_until: 0 })
          .where('owner', '=', owner)
          .where('epoch', '=', epoch)
          .execute(),
      );
    },

    record: (key, lease, change) => write(async (db) => changeState(db, key, change, await clock(db), lease)),

    change: (key, change) => write(async (db) => changeState(db, key, change, await clock(db))),

    async renewIncarnation() {
      await write(async (db) => {
        await db.deleteFrom('incarnation').execute();
        await db
          .insertInto('incarnation')
          .values({ id: newUuid(await clock(db)) })
          .execute();
      });
    },

    async openIntents(organization) {
      const rows = await read
        .selectFrom('intents')
        .select(['state', (expression) => expression.fn.countAll<number>().as('count')])
        .where('organization', '=', organization)
        .where('state', 'in', ['open', 'needs-attention'])
        .groupBy('state')
        .execute();
      const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
      return { open: count('open'), needsAttention: count('needs-attention') };
    },

    snapshot: (organization, work) =>
      snapshot(async (db) => {
        const found = await readSnapshot(db, organization);
        return found === undefined ? undefined : work(found);
      }),
  };
}

async function findView(
  db: Kysely<Tables>,
  key: PublicationKey,
  clock: DatabaseClock,
): Promise<PublicationView | undefined> {
  const row = await publicationRows(db)
    .where('publications.organization', '=', key.organization)
    .where('provider', '=', key.provider)
    .where('data_source', '=', key.dataSource)
    .executeTakeFirst();
  return row === undefined ? undefined : readView(db, row, await clock(db));
}

async function claim(
  db: Kysely<Tables>,
  key: PublicationKey,
  owner: string,
  leaseMs: number,
  clock: DatabaseClock,
): Promise<PublicationView | undefined> {
  await makeRows(db, key, clock);
  const view = await findView(db, key, clock);
  // The organization is gone.
  if (view === undefined) return undefined;
  const { lease, state, now } = view;
  const isOwn = lease?.owner === owner;
  // No lease ends later than it could have been given now: a clock that was set back locks nobody out.
  if (lease !== undefined && !isOwn && lease.until > now && lease.until <= now + leaseMs) return undefined;
  const { epoch: last } = await selectOf(db, key).select('epoch').executeTakeFirstOrThrow();
  const epoch = isOwn ? last : last + 1;
  const why = last === 0 ? 'nothing was published from here before' : 'another publisher took over';
  const claimed: PublicationState = isOwn ? state : { ...state, full: state.full ?? why };
  await updateOf(db, key)
    .set({ owner, epoch, lease_until: now + leaseMs, state: JSON.stringify(claimed) })
    .execute();
  return { ...view, state: claimed, lease: { owner, epoch, until: now + leaseMs } };
}

/** The row of the publication, and the one that tells this database from a restored copy. */
async function makeRows(db: Kysely<Tables>, key: PublicationKey, clock: DatabaseClock): Promise<void> {
  await db
    .insertInto('publications')
    .values({
      ...isPublication(key),
      state: JSON.stringify(initialPublicationState),
      owner: null,
      epoch: 0,
      lease_until: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if ((await db.selectFrom('incarnation').select('id').executeTakeFirst()) !== undefined) return;
  await db
    .insertInto('incarnation')
    .values({ id: newUuid(await clock(db)) })
    .execute();
}

/** @param lease of who changes it; undefined: an operator, who asks nobody */
async function changeState(
  db: Kysely<Tables>,
  key: PublicationKey,
  change: PublicationChange,
  now: number,
  lease?: PublicationLease,
): Promise<PublicationState | undefined> {
  const row = await selectOf(db, key).select(['state', 'owner', 'epoch']).executeTakeFirst();
  if (row === undefined) return undefined;
  if (lease !== undefined && (row.owner !== lease.owner || row.epoch !== lease.epoch)) return undefined;
  const changed = change(readState(row.state), now);
  await updateOf(db, key)
    .set({ state: JSON.stringify(changed) })
    .execute();
  return changed;
}

function selectOf(db: Kysely<Tables>, { organization, provider, dataSource }: PublicationKey) {
  return db
    .selectFrom('publications')
    .where('organization', '=', organization)
    .where('provider', '=', provider)
    .where('data_source', '=', dataSource);
}

function updateOf(db: Kysely<Tables>, { organization, provider, dataSource }: PublicationKey) {
  return db
    .updateTable('publications')
    .where('organization', '=', organization)
    .where('provider', '=', provider)
    .where('data_source', '=', dataSource);
}
