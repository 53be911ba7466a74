import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { DirectoryBusyError } from '../directory-busy-error.ts';
import { DirectoryUnwritableError } from '../directory-unwritable-error.ts';

/** Statements are kept by their text: preparing one takes longer than running it. */
const keptStatements = 256;

/** node:sqlite in the form that the SQLite dialect of kysely takes. */
class NodeSqliteDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(text: string): SqliteStatement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    if (this.#statements.size >= keptStatements) this.#statements.clear();
    const prepared = withFaultsNamed(() => this.#database.prepare(text));
    // SQLite reads the first statement and leaves the rest.
    if (/[^\s;]/.test(text.slice(prepared.sourceSQL.length))) {
      throw new TypeError('Give one statement by itself, without anything behind it: SQLite would leave that out.');
    }
    const made = kyselyStatement(prepared);
    this.#statements.set(text, made);
    return made;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

type Row = Readonly<Record<string, unknown>>;
/** A row of a statement that returns arrays; node's types know only the other rows. */
type Cells = readonly SQLOutputValue[];

/** Rows come as lists and are made objects here: those that node:sqlite makes are slow to make and to read. */
function kyselyStatement(statement: StatementSync): SqliteStatement {
  const names = statement.columns().map(({ name }) => name);
  statement.setReturnArrays(true);
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  const rowOf = (cells: Cells): Row => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) row[names[index] as string] = cells[index];
    return row;
  };
  return {
    reader: names.length > 0,
    all: (parameters) => (withFaultsNamed(() => statement.all(...values(parameters))) as unknown as Cells[]).map(rowOf),
    run: (parameters) => withFaultsNamed(() => statement.run(...values(parameters))),
    *iterate(parameters) {
      for (const cells of statement.iterate(...values(parameters))) yield rowOf(cells as unknown as Cells);
    },
  };
}

/** What result codes of SQLite mean for whoever asked; their upper bits tell which kind it is. */
const faults: Readonly<Record<number, (cause: unknown) => Error>> = {
  // SQLITE_BUSY
  5: (cause) => new DirectoryBusyError(cause),
  // SQLITE_IOERR
  10: (cause) => new DirectoryUnwritableError('disk-failing', cause),
  // SQLITE_FULL
  13: (cause) => new DirectoryUnwritableError('disk-full', cause),
};

/**
 * @throws DirectoryBusyError where another connection has kept the database locked for longer than this one waits;
 * DirectoryUnwritableError where the disk is full or fails; else what `work` throws
 */
function withFaultsNamed<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
    throw (typeof code === 'number' && faults[code & 0xff]?.(error)) || error;
  }
}

/** The dialect for one open connection. */
export function nodeSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: new NodeSqliteDatabase(database) });
}
