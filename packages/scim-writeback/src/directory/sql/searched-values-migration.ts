import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { keepSearchedValues } from './searched-values.ts';
import type { Tables } from './tables.ts';

/** How many documents are in memory at a time. */
const batchSize = 500;

/** Makes the table of searched values, for the documents that there are as well. */
export const searchedValuesMigration: Migration = {
  async up(db: Kysely<Tables>): Promise<void> {
    await db.schema
      .createTable('searched_values')
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('attribute', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('searched_values_key', ['organization', 'kind', 'attribute', 'value', 'id'])
      .execute();
    for (const { id } of await db.selectFrom('organizations').select('id').execute()) await fillSearchedValues(db, id);
  },
};

/** Keeps the searched values of all resources of an organization that has none of them. */
async function fillSearchedValues(db: Kysely<Tables>, organization: string): Promise<void> {
  const batch = db
    .selectFrom('resources')
    .select(['kind', 'id', 'document'])
    .where('organization', '=', organization)
    .orderBy('id')
    .limit(batchSize);
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = await batch.where('id', '>', after).execute();
    for (const { document, ...resource } of rows) {
      await keepSearchedValues(db, { organization }, resource, undefined, JSON.parse(document));
    }
    after = rows.at(-1)?.id;
  }
}
