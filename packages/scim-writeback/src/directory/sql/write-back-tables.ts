import { type ColumnDataType, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ChangeContext, ResourceKind } from '../directory.ts';
import type { Intent, Link } from '../write-back.ts';

/** The tables of write-back. */
export interface WriteBackTables {
  links: {
    organization: string;
    kind: ResourceKind;
    id: string;
    key: string;
    /** `key` folded with `foldKey`: no two live links of a kind share it. */
    folded_key: string;
    native_id: string | null;
    state: Link['state'];
    since: number;
  };
  bases: {
    organization: string;
    generation: number;
    as_of: number;
    /** The generation that was the last one when the extraction began; 0 for none. */
    begun_after: number;
    revision: number;
    digest: string;
    application_name: string;
    application_type: string;
    /** 1 where the base has no ids. */
    names_are_keys: number;
    /** JSON. */
    counts: string;
    actor: string;
    accepted_at: string;
    /** The payload's JSON, gzip. Only of the last one: it is the previous base of the next. */
    payload: Uint8Array | null;
    /** JSON of `BaseLinking`, gzip. Only of the last one: projections attach grants by it. */
    linking: Uint8Array | null;
  };
  drifts: {
    organization: string;
    kind: ResourceKind;
    id: string;
    fact: string;
    generation: number;
  };
  intents: {
    organization: string;
    id: string;
    kind: ResourceKind;
    resource_id: string;
    done: number;
    /** 1 where the next operation may have been asked for. */
    asked: number;
    native_id: string | null;
    /** JSON of `ApplicationRefusal`. */
    refusal: string | null;
    actor: string;
    request_id: string;
    origin: ChangeContext['origin'];
    digest: string;
    state: Intent['state'];
    owner: string;
    attempt: number;
    /** Milliseconds since 1970. */
    lease_until: number;
    /** Milliseconds since 1970. */
    opened_at: number;
    /** Milliseconds since 1970. */
    closed_at: number | null;
    reason: string | null;
    /** 1 where a group is added to a group: of these, one at a time is open. */
    nests: number;
    /** What the request takes away: see `Removals`. */
    users_removed: number;
    groups_removed: number;
    memberships_removed: number;
  };
  /** What is long of an intent, and stays as it is while the intent goes on. */
  intent_contents: {
    organization: string;
    id: string;
    /** JSON list. */
    operations: string;
    /** JSON: what tx2 writes. */
    effect: string;
  };
  /** What is published from an organization, one row for each data source. */
  publications: {
    organization: string;
    provider: string;
    data_source: string;
    /** JSON of `PublicationState`. */
    state: string;
    /** Who publishes: one at a time. */
    owner: string | null;
    /** Counts owners: fences what an earlier one still wants to write. */
    epoch: number;
    /** Milliseconds since 1970, by the clock of the database. */
    lease_until: number;
  };
  /** One row: tells this database from a restored copy of it. */
  incarnation: { id: string };
}

const key: ColumnDataType = 'text';

export const writeBackMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('links')
      .addColumn('organization', key, (column) => column.notNull())
      .addColumn('kind', key, (column) => column.notNull())
      .addColumn('id', key, (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('folded_key', key, (column) => column.notNull())
      .addColumn('native_id', key)
      .addColumn('state', key, (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('links_key', ['organization', 'kind', 'id'])
      .execute();
    await db.schema
      .createIndex('links_by_key')
      .unique()
      .on('links')
      .columns(['organization', 'kind', 'folded_key'])
      .where(sql<boolean>`state = 'live'`)
      .execute();
    await db.schema
      .createIndex('links_by_native_id')
      .on('links')
      .columns(['organization', 'kind', 'native_id'])
      .execute();
    await db.schema
      .createTable('bases')
      .addColumn('organization', key, (column) => column.notNull())
      .addColumn('generation', 'bigint', (column) => column.notNull())
      .addColumn('as_of', 'bigint', (column) => column.notNull())
      .addColumn('begun_after', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('application_name', 'text', (column) => column.notNull())
      .addColumn('application_type', 'text', (column) => column.notNull())
      .addColumn('names_are_keys', 'integer', (column) => column.notNull())
      .addColumn('counts', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('accepted_at', 'text', (column) => column.notNull())
      .addColumn('payload', 'blob')
      .addColumn('linking', 'blob')
      .addPrimaryKeyConstraint('bases_key', ['organization', 'generation'])
      .execute();
    await db.schema
      .createTable('drifts')
      .addColumn('organization', key, (column) => column.notNull())
      .addColumn('kind', key, (column) => column.notNull())
      .addColumn('id', key, (column) => column.notNull())
      .addColumn('fact', key, (column) => column.notNull())
      .addColumn('generation', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('drifts_key', ['organization', 'kind', 'id', 'fact'])
      .execute();
    await db.schema
      .createTable('intents')
      .addColumn('organization', key, (column) => column.notNull())
      .addColumn('id', key, (column) => column.notNull())
      .addColumn('kind', key, (column) => column.notNull())
      .addColumn('resource_id', key, (column) => column.notNull())
      .addColumn('done', 'integer', (column) => column.notNull())
      .addColumn('asked', 'integer', (column) => column.notNull())
      .addColumn('native_id', 'text')
      .addColumn('refusal', 'text')
      .addColumn('actor', key, (column) => column.notNull())
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('digest', key, (column) => column.notNull())
      .addColumn('state', key, (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('attempt', 'integer', (column) => column.notNull())
      .addColumn('lease_until', 'bigint', (column) => column.notNull())
      .addColumn('opened_at', 'bigint', (column) => column.notNull())
      .addColumn('closed_at', 'bigint')
      .addColumn('reason', 'text')
      .addColumn('nests', 'integer', (column) => column.notNull())
      .addColumn('users_removed', 'integer', (column) => column.notNull())
      .addColumn('groups_removed', 'integer', (column) => column.notNull())
      .addColumn('memberships_removed', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('intents_key', ['organization', 'id'])
      .execute();
    await db.schema
      .createTable('intent_contents')
      .addColumn('organization', key, (column) => column.notNull())
      .addColumn('id', key, (column) => column.notNull())
      .addColumn('operations', 'text', (column) => column.notNull())
      .addColumn('effect', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('intent_contents_key', ['organization', 'id'])
      .execute();
    const unsettled = sql<boolean>`state in ('open', 'needs-attention')`;
    // What locks a resource: one open intent, or one that needs attention.
    await db.schema
      .createIndex('intents_lock')
      .unique()
      .on('intents')
      .columns(['organization', 'resource_id'])
      .where(unsettled)
      .execute();
    await db.schema
      .createIndex('intents_unsettled')
      .on('intents')
      .columns(['organization', 'digest'])
      .where(unsettled)
      .execute();
    await db.schema
      .createIndex('intents_closed')
      .on('intents')
      .columns(['organization', 'closed_at'])
      .where(sql<boolean>`closed_at is not null`)
      .execute();
    await db.schema
      .createIndex('intents_removing')
      .on('intents')
      .columns(['organization', 'actor', 'opened_at'])
      .where(sql<boolean>`users_removed + groups_removed + memberships_removed > 0`)
      .execute();
    await db.schema
      .createTable('publications')
      .addColumn('organization', key, (column) => column.notNull())
      .addColumn('provider', key, (column) => column.notNull())
      .addColumn('data_source', key, (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('owner', 'text')
      .addColumn('epoch', 'bigint', (column) => column.notNull())
      .addColumn('lease_until', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('publications_key', ['organization', 'provider', 'data_source'])
      .execute();
    await db.schema
      .createTable('incarnation')
      .addColumn('id', key, (column) => column.primaryKey())
      .execute();
  },
};
