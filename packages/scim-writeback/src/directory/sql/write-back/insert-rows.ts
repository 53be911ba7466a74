import { type Kysely, sql } from 'kysely';
import type { Turns } from '../../../turns/turns.ts';
import { compileOnce } from '../compile-once.ts';
import type { Tables } from '../tables.ts';

type Value = string | number | null;

/** Rows of one statement: what a statement costs is shared by so many, and it still runs for less than a millisecond. */
const rowsPerStatement = 50;

/**
 * Inserts any number of rows, many with each statement; the text of these is made once. Rows are lists of values in the order
 * of the columns. What conflicts is an error.
 *
 * @example
 * const insertLinks = rowInserter('links', ['organization', 'kind', 'id']);
 * await insertLinks(db, [['acme', 'User', '2819']], turns);
 */
export function rowInserter<Table extends keyof Tables & string>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
): (db: Kysely<Tables>, rows: readonly (readonly Value[])[], turns: Turns) => Promise<void> {
  const statement = (count: number) =>
    compileOnce((db, given: Readonly<Record<number, Value>>) => {
      const rows = Array.from({ length: count }, (_, row) => {
        return sql`(${sql.join(columns.map((_name, column) => given[row * columns.length + column]))})`;
      });
      const names = sql.join(columns.map((name) => sql.ref(name)));
      const insert = sql`insert into ${sql.table(table)} (${names}) values ${sql.join(rows)}`;
      return { compile: () => insert.compile(db) };
    });
  const insertMany = statement(rowsPerStatement);
  const insertOne = statement(1);
  return async (db, rows, turns) => {
    let start = 0;
    for (; start + rowsPerStatement <= rows.length; start += rowsPerStatement) {
      await insertMany(db, rows.slice(start, start + rowsPerStatement).flat());
      if (turns.isOver) await turns.next();
    }
    for (const row of rows.slice(start)) await insertOne(db, row);
  };
}
