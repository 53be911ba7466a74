import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { CredentialStore } from '../credentials.ts';
import { sqlCredentialStore } from './credential-store.ts';
import { migrationProvider } from './migrations.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';
import type { Tables } from './tables.ts';

/** A store in a SQLite file of its own, with these organizations, until `close` is called. */
export async function testCredentialStore(
  organizations: readonly string[] = ['acme', 'beta'],
): Promise<{ readonly store: CredentialStore; readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-kit-credentials-'));
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(join(folder, 'scim.db'))) });
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error !== undefined) throw error;
  for (const id of organizations) {
    await db.insertInto('organizations').values({ id, name: id, created_at: '2026-01-01T00:00:00.000Z' }).execute();
  }
  const store = sqlCredentialStore({ read: db, write: (work) => db.transaction().execute(work) });
  return {
    store,
    close: async () => {
      await db.destroy();
      await rm(folder, { recursive: true });
    },
  };
}
