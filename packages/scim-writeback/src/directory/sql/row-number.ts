import { type RawBuilder, sql } from 'kysely';

/**
 * A number for `limit` and `offset`. SQLite looks at a bare parameter there when it plans, and so plans the statement anew
 * for each value: that takes longer than reading a page.
 */
export function rowNumber(count: number): RawBuilder<number> {
  return sql<number>`cast(${count} as bigint)`;
}
