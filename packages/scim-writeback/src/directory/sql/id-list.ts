import { type RawBuilder, sql } from 'kysely';

/**
 * The ids of a JSON list, for `in`: one parameter however many there are, so that the statement is the same. Another
 * database than SQLite has another function for it.
 */
export function idsOf(json: string): RawBuilder<string> {
  return sql<string>`(select value from json_each(${json}))`;
}
