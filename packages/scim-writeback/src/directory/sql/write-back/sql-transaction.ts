import { CompiledQuery, type Kysely } from 'kysely';
import { DirectoryUnwritableError } from '../../directory-unwritable-error.ts';
import { TransactionEndedError } from '../../transaction-ended-error.ts';
import type { SqlTransaction, SqlValue } from '../../write-back.ts';
import type { Tables } from '../tables.ts';

/** Others would end the transaction, or reach beyond it: COMMIT, PRAGMA, ATTACH. */
const harmless = /^\s*(?:select|insert|update|delete|replace|values|with)\b/i;

const beginStatement = CompiledQuery.raw('savepoint joined_statement');
const undoStatement = CompiledQuery.raw('rollback to savepoint joined_statement');
const endStatement = CompiledQuery.raw('release savepoint joined_statement');

/** The transaction, for whoever lends it. */
interface LentTransaction extends SqlTransaction {
  /**
   * Takes no more statements, and waits for those that were asked for.
   *
   * @throws TransactionEndedError, or DirectoryUnwritableError, where one of them has ended the transaction, whatever the
   * borrower made of that: what is written now would be outside
   */
  end(): Promise<void>;
}

/**
 * The transaction of `db` for somebody else's statements. Each has a savepoint of its own: one that fails takes nothing else
 * along, also where the database gives up a transaction in which anything failed; and where the savepoint is gone after
 * that, so is the transaction.
 */
export function lendTransaction(db: Kysely<Tables>): LentTransaction {
  let isOpen = true;
  let lost: Error | undefined;
  // Savepoints of statements that run at the same time would be within each other.
  let last: Promise<unknown> = Promise.resolve();

  async function run(query: CompiledQuery) {
    if (lost !== undefined) throw lost;
    try {
      await db.executeQuery(beginStatement);
      const { rows } = await db.executeQuery(query);
      await db.executeQuery(endStatement);
      return rows as readonly Readonly<Record<string, SqlValue>>[];
    } catch (error) {
      try {
        await db.executeQuery(undoStatement);
        await db.executeQuery(endStatement);
      } catch {
        // A full disk ends a transaction, too.
        lost = error instanceof DirectoryUnwritableError ? error : new TransactionEndedError(error);
      }
      throw lost ?? error;
    }
  }

  return {
    async execute(statement: string, parameters: readonly SqlValue[] = []) {
      // A late statement would be one of whatever transaction is under way by then.
      if (!isOpen) throw new TypeError('The transaction has ended.');
      if (!harmless.test(statement)) throw new TypeError('Only statements that read or write rows join a transaction.');
      const query = CompiledQuery.raw(statement, [...parameters]);
      const done = last.then(() => run(query));
      last = done.catch(() => undefined);
      return done;
    },
    async end() {
      isOpen = false;
      await last;
      if (lost !== undefined) throw lost;
    },
  };
}
