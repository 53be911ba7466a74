import { type Expression, type SqlBool, sql } from 'kysely';
import type { ComparisonOperator } from '../../../protocol/filter/filter.ts';
import { afterPrefix } from './after-prefix.ts';

/** Every operator but `ne`, which is the opposite of `eq`. */
export type TestOperator = Exclude<ComparisonOperator, 'ne'>;

/**
 * Whether the text of a column compares so; null where the column is null. A boolean where that does not depend on the
 * text. The order is that of the code points, as the columns are compared by the bytes of UTF-8; nothing in here depends
 * on a database's idea of case.
 */
export function textTest(
  column: Expression<string | null>,
  operator: TestOperator,
  value: string,
): Expression<SqlBool> | boolean {
  if (!isStorable(value)) return testWithNull(column, operator, value.slice(0, value.indexOf('\0')));
  switch (operator) {
    case 'eq':
      return sql<SqlBool>`${column} = ${value}`;
    case 'gt':
      return sql<SqlBool>`${column} > ${value}`;
    case 'ge':
      return value === '' || sql<SqlBool>`${column} >= ${value}`;
    case 'lt':
      return value !== '' && sql<SqlBool>`${column} < ${value}`;
    case 'le':
      return sql<SqlBool>`${column} <= ${value}`;
    case 'sw':
      return value === '' || prefixTest(column, value);
    case 'co':
      // Not `like`: it has its own idea of case, and characters of its own.
      return value === '' || sql<SqlBool>`replace(${column}, ${value}, '') <> ${column}`;
    case 'ew':
      return value === '' || suffixTest(column, value);
  }
}

/** Stored texts have no null characters (`isKeepable`), and PostgreSQL takes none as a value. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/**
 * No stored text is equal to one that has a null character, and those before it are those up to what stands in front of that.
 */
function testWithNull(
  column: Expression<string | null>,
  operator: TestOperator,
  front: string,
): Expression<SqlBool> | boolean {
  if (operator === 'gt' || operator === 'ge') return textTest(column, 'gt', front);
  return (operator === 'lt' || operator === 'le') && textTest(column, 'le', front);
}

function prefixTest(column: Expression<string | null>, prefix: string): Expression<SqlBool> {
  const after = afterPrefix(prefix);
  if (after === undefined) return sql<SqlBool>`${column} >= ${prefix}`;
  return sql<SqlBool>`(${column} >= ${prefix} and ${column} < ${after})`;
}

function suffixTest(column: Expression<string | null>, suffix: string): Expression<SqlBool> {
  const length = [...suffix].length;
  return sql<SqlBool>`(length(${column}) >= ${length} and substr(${column}, length(${column}) - ${length - 1}) = ${suffix})`;
}
