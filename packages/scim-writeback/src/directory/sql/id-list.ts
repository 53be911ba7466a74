import { type RawBuilder, sql } from 'kysely';

// One parameter however many ids there are, so that the text of a statement is always the same: it is prepared once. These
// are SQLite's functions; another database has others.

/** The ids of a JSON list, for `in`. */
export function idsOf(json: string): RawBuilder<string> {
  return sql<string>`(select value from json_each(${json}))`;
}

/** The ids of a JSON list as a table, each with its place in the list, counted from 0. */
export function listedIds(json: string) {
  return sql<{ place: number; id: string }>`(select key as place, value as id from json_each(${json}))`.as('listed');
}
