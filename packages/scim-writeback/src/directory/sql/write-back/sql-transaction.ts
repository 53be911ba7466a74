import { CompiledQuery, type Kysely } from 'kysely';
import type { SqlTransaction, SqlValue } from '../../write-back.ts';
import type { Tables } from '../tables.ts';

/** Others would end the transaction, or reach beyond it: COMMIT, PRAGMA, ATTACH. */
const harmless = /^\s*(?:select|insert|update|delete|replace|values|with)\b/i;

/** The transaction of `db` for somebody else's statements, until `end` is called. */
export function openTransaction(db: Kysely<Tables>): SqlTransaction & { end(): void } {
  let isOpen = true;
  return {
    async execute(statement: string, parameters: readonly SqlValue[] = []) {
      // A late statement would be one of whatever transaction is under way by then.
      if (!isOpen) throw new TypeError('The transaction has ended.');
      if (!harmless.test(statement)) throw new TypeError('Only statements that read or write rows join a transaction.');
      const { rows } = await db.executeQuery(CompiledQuery.raw(statement, [...parameters]));
      return rows as readonly Readonly<Record<string, SqlValue>>[];
    },
    end() {
      isOpen = false;
    },
  };
}
