import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Insertable, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import type { ResourceKind, StoredResource } from '../../directory.ts';
import { migrationProvider } from '../migrations.ts';
import { nodeSqliteDialect } from '../node-sqlite.ts';
import { keepSearchedValues } from '../searched-values.ts';
import { setStatistics } from '../sqlite-statistics.ts';
import type { Tables } from '../tables.ts';

/** A new database in a file, gone when it is closed. */
export interface TestDatabase {
  readonly db: Kysely<Tables>;
  /** For what a test asks of SQLite itself. */
  readonly connection: DatabaseSync;
  /** Every statement so far. */
  readonly statements: readonly { readonly sql: string; readonly parameters: readonly unknown[] }[];
  close(): Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'oaa-lists-'));
  const connection = new DatabaseSync(join(folder, 'directory.db'));
  connection.exec('pragma synchronous = off; pragma journal_mode = off');
  const statements: { sql: string; parameters: readonly unknown[] }[] = [];
  const db = new Kysely<Tables>({
    dialect: nodeSqliteDialect(connection),
    log: ({ query }) => {
      statements.push({ sql: query.sql, parameters: query.parameters });
    },
  });
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error !== undefined) throw error;
  setStatistics(connection);
  return {
    db,
    connection,
    statements,
    close: async () => {
      await db.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

const anInstant = '2026-01-31T09:30:00';

/** A resource for a test that cares for its id and attributes only, or for what it names. */
export function resourceOf(
  kind: ResourceKind,
  id: string,
  attributes: ScimObject,
  rest: Partial<StoredResource> = {},
): StoredResource {
  const json = JSON.stringify(attributes);
  return { kind, id, attributes, json, version: 1, created: anInstant, lastModified: anInstant, ...rest };
}

/** Stores resources and counts them, as a directory does. */
export async function storeResources(
  db: Kysely<Tables>,
  organization: string,
  resources: readonly StoredResource[],
): Promise<void> {
  const rows = resources.map((resource) => rowOf(organization, resource));
  for (let begin = 0; begin < rows.length; begin += 500) {
    await db
      .insertInto('resources')
      .values(rows.slice(begin, begin + 500))
      .execute();
  }
  for (const { kind, id, attributes } of resources) {
    await keepSearchedValues(db, { organization }, { kind, id }, undefined, attributes);
  }
  for (const kind of ['User', 'Group'] as const) {
    const count = resources.filter((resource) => resource.kind === kind).length;
    await db
      .insertInto('resource_counts')
      .values({ organization, kind, count })
      .onConflict((conflict) =>
        conflict
          .columns(['organization', 'kind'])
          .doUpdateSet((build) => ({ count: build('resource_counts.count', '+', count) })),
      )
      .execute();
  }
}

function rowOf(organization: string, resource: StoredResource): Insertable<Tables['resources']> {
  const { kind, id, attributes, version, created, lastModified } = resource;
  const { userName, externalId, displayName, active } = attributes;
  const folded = (value: unknown) => (typeof value === 'string' ? foldCase(value) : null);
  return {
    organization,
    id,
    kind,
    document: JSON.stringify(attributes),
    version,
    created,
    last_modified: lastModified,
    user_name: folded(userName),
    external_id: typeof externalId === 'string' ? externalId : null,
    display_name: folded(displayName),
    active: typeof active === 'boolean' ? Number(active) : null,
  };
}

/** Members of groups: [group, member, kind of the member]. */
export async function storeMembers(
  db: Kysely<Tables>,
  organization: string,
  members: readonly (readonly [groupId: string, memberId: string, kind: ResourceKind])[],
): Promise<void> {
  const rows = members.map(([group_id, member_id, member_kind]) => ({
    organization,
    group_id,
    member_id,
    member_kind,
  }));
  for (let begin = 0; begin < rows.length; begin += 500) {
    await db
      .insertInto('members')
      .values(rows.slice(begin, begin + 500))
      .execute();
  }
}
