import type { ApplicationPropertySchemas } from '../../payload/application/application-properties.ts';
import type { Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { Fault } from './fault.ts';
import type { Ledger } from './ledger/ledger.ts';
import { mappingPath, type RunProblems } from './run-problems.ts';

/** What the items of one source are compiled against. */
export interface ItemContext extends CompileContext {
  /** The number of the source in the run. */
  readonly sourceNumber: number;
  readonly ledger: Ledger;
  readonly problems: RunProblems;
  readonly schemas: ApplicationPropertySchemas;
  /** Resource types that have property definitions. */
  readonly resourceTypes: readonly string[];
  /** The application that rows belong to where they name none. */
  readonly defaultApplication: string;
}

/** What one row says to one item of the mapping. */
export type ItemStep = (row: Row) => void;

/** What to do about a row that lacks what its item needs. */
export const fillHint = 'Fill the column; or leave such rows out: when: { column: ..., empty: false }.';

/** Reads a value; a fault is reported with its place and gives undefined. */
export function guarded<Value>(
  context: ItemContext,
  reader: Reader<Value>,
  path: MappingPath,
): (row: Row) => Value | undefined {
  const where = mappingPath(path);
  const { column, read } = reader;
  return (row) => {
    try {
      return read(row);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { code, message, hint } = error;
      context.report(row, { code, column, path: where, message, hint });
      return undefined;
    }
  };
}
