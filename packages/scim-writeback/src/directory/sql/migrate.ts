import { InputError } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrationProvider } from './migrations.ts';
import type { Tables } from './tables.ts';

/**
 * Brings a database to the present tables. The caller keeps other processes from doing the same meanwhile.
 *
 * @throws InputError for a database that a later version of this program has changed
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await refuseNewer(db);
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error !== undefined) throw error;
}

async function refuseNewer(db: Kysely<Tables>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const known = await migrationProvider.getMigrations();
  const applied = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const unknown = applied.find(({ name }) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  throw new InputError(
    'input-invalid',
    `The database was changed by a later version of this program (step ${unknown.name}), which this one does not know.`,
    { hint: 'Use that version, or restore a copy of the database from before.' },
  );
}
