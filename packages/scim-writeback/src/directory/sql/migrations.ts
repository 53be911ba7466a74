import type { Kysely } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { searchedValuesMigration } from './searched-values-migration.ts';
import { writeBackMigration } from './write-back-tables.ts';

/** What a text column holds that is part of a key or an index: PostgreSQL and SQLite compare it by bytes (`C`, `BINARY`). */
const key = 'text';

const migrations: Readonly<Record<string, Migration>> = {
  '0001-directory': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('organizations')
        .addColumn('id', key, (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createTable('resources')
        .addColumn('organization', key, (column) => column.notNull())
        .addColumn('id', key, (column) => column.notNull())
        .addColumn('kind', key, (column) => column.notNull())
        .addColumn('document', 'text', (column) => column.notNull())
        .addColumn('version', 'bigint', (column) => column.notNull())
        .addColumn('created', key, (column) => column.notNull())
        .addColumn('last_modified', key, (column) => column.notNull())
        .addColumn('user_name', key)
        .addColumn('external_id', key)
        .addColumn('display_name', key)
        .addColumn('active', 'integer')
        .addColumn('display', 'text')
        .addPrimaryKeyConstraint('resources_key', ['organization', 'id'])
        .execute();
      const indexes = ['id', 'user_name', 'external_id', 'display_name', 'active', 'created', 'last_modified'] as const;
      for (const column of indexes) {
        const columns = column === 'id' ? ['organization', 'kind', 'id'] : ['organization', 'kind', column, 'id'];
        // Entra ID reads all that is active and was modified in a span of time: what the index has need not be fetched.
        if (column === 'last_modified') columns.push('active');
        await db.schema.createIndex(`resources_by_${column}`).on('resources').columns(columns).execute();
      }
      await db.schema
        .createTable('unique_values')
        .addColumn('organization', key, (column) => column.notNull())
        .addColumn('kind', key, (column) => column.notNull())
        .addColumn('attribute', key, (column) => column.notNull())
        .addColumn('value', key, (column) => column.notNull())
        .addColumn('id', key, (column) => column.notNull())
        .addPrimaryKeyConstraint('unique_values_key', ['organization', 'kind', 'attribute', 'value'])
        .execute();
      await db.schema.createIndex('unique_values_by_id').on('unique_values').columns(['organization', 'id']).execute();
      await db.schema
        .createTable('members')
        .addColumn('organization', key, (column) => column.notNull())
        .addColumn('group_id', key, (column) => column.notNull())
        .addColumn('member_id', key, (column) => column.notNull())
        .addColumn('member_kind', key, (column) => column.notNull())
        .addPrimaryKeyConstraint('members_key', ['organization', 'group_id', 'member_id'])
        .execute();
      await db.schema
        .createIndex('members_by_member')
        .on('members')
        .columns(['organization', 'member_id', 'group_id'])
        .execute();
      await db.schema
        .createTable('resource_counts')
        .addColumn('organization', key, (column) => column.notNull())
        .addColumn('kind', key, (column) => column.notNull())
        .addColumn('count', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('resource_counts_key', ['organization', 'kind'])
        .execute();
      await db.schema
        .createTable('changes')
        .addColumn('organization', key, (column) => column.notNull())
        .addColumn('revision', 'bigint', (column) => column.notNull())
        .addColumn('kind', key, (column) => column.notNull())
        .addColumn('id', key, (column) => column.notNull())
        .addColumn('operation', 'text', (column) => column.notNull())
        .addColumn('facts', 'text', (column) => column.notNull())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('request_id', 'text', (column) => column.notNull())
        .addColumn('origin', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('changes_key', ['organization', 'revision'])
        .execute();
      await db.schema.createIndex('changes_by_id').on('changes').columns(['organization', 'id', 'revision']).execute();
      await db.schema
        .createTable('credentials')
        .addColumn('organization', key, (column) => column.notNull())
        .addColumn('id', key, (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('label', 'text', (column) => column.notNull())
        .addColumn('scopes', 'text', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('user_name', key)
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'text')
        .addColumn('last_used_at', 'text')
        .addColumn('revoked_at', 'text')
        .addPrimaryKeyConstraint('credentials_key', ['organization', 'id'])
        .execute();
    },
  },
  '0002-write-back': writeBackMigration,
  '0003-searched-values': searchedValuesMigration,
};

/** The steps that bring a database to the present tables, by name in the order in which they run. */
export const migrationProvider: MigrationProvider = {
  getMigrations: async () => migrations,
};
