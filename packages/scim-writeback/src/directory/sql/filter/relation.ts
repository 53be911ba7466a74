import type { Expression, SqlBool } from 'kysely';
import type { Column } from './column.ts';

/** A multi-valued attribute whose values are rows of another table: members of a group, groups of a user. */
export interface Relation {
  /** The row of `resources` at hand has a value that fulfils `where`, which is about the columns of this relation. */
  readonly some: (where: Expression<SqlBool> | true) => Expression<SqlBool>;
  /** The same for the value with this id, found by an index. */
  readonly withId: (id: string) => Expression<SqlBool>;
  /** By the names of sub-attributes; other sub-attributes have no value. */
  readonly columns: ReadonlyMap<string, Column>;
}
