import type { DatabaseSync } from 'node:sqlite';

/**
 * How many rows of a large directory share the first columns of an index: all, then those equal in the first column, in
 * the first two, and so on. Without these SQLite takes ten rows for every organization, and then finds two members by
 * reading a million. They are fixed, so that statements run the same way in every database.
 */
const statistics: readonly (readonly [table: string, index: string, rows: string])[] = [
  ['resources', 'sqlite_autoindex_resources_1', '1000000 1000000 1'],
  ['resources', 'resources_by_id', '1000000 1000000 500000 1'],
  ['resources', 'resources_by_user_name', '1000000 1000000 500000 1 1'],
  ['resources', 'resources_by_external_id', '1000000 1000000 500000 2 1'],
  ['resources', 'resources_by_display_name', '1000000 1000000 500000 2 1'],
  ['resources', 'resources_by_active', '1000000 1000000 500000 250000 1'],
  ['resources', 'resources_by_created', '1000000 1000000 500000 10 1'],
  ['resources', 'resources_by_last_modified', '1000000 1000000 500000 10 1'],
  ['unique_values', 'sqlite_autoindex_unique_values_1', '1000000 1000000 500000 500000 1'],
  ['unique_values', 'unique_values_by_id', '1000000 1000000 2'],
  ['searched_values', 'sqlite_autoindex_searched_values_1', '1000000 1000000 1000000 1000000 1 1'],
  ['members', 'sqlite_autoindex_members_1', '10000000 10000000 100000 1'],
  ['members', 'members_by_member', '10000000 10000000 10 1'],
  ['changes', 'sqlite_autoindex_changes_1', '10000000 10000000 1'],
  ['changes', 'changes_by_id', '10000000 10000000 10 1'],
];

/** Makes SQLite choose indexes by `statistics`, on this connection and on those that are opened later. */
export function setStatistics(database: DatabaseSync): void {
  // Makes the table if it is not there; does not count any rows.
  database.exec('ANALYZE sqlite_schema');
  const present = database.prepare('SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY rowid').all();
  const known = present.map(({ tbl, idx, stat }) => [tbl, idx, stat]);
  if (JSON.stringify(known) === JSON.stringify(statistics)) return;
  database.exec('DELETE FROM sqlite_stat1');
  const insert = database.prepare('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)');
  for (const row of statistics) insert.run(...row);
  database.exec('ANALYZE sqlite_schema');
}
