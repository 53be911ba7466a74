import { type Expression, type SqlBool, sql } from 'kysely';
import { compileComparison } from '../../../protocol/filter/compile-comparison.ts';
import type { Operand, ResolvedComparison, ResolvedPresence } from '../../../protocol/filter/resolved-filter.ts';
import { anyRow, type Condition, everyRow, exactly, noRow } from './condition.ts';
import { textTest } from './text-test.ts';

/** A single value of a subject as the database knows it; null where the subject has none. */
export type Column =
  /** Unless `caseExact`, the column holds the text folded with `foldCase`. */
  | { readonly type: 'text'; readonly caseExact: boolean; readonly value: Expression<string | null> }
  /** In the form of `canonicalInstant`. */
  | { readonly type: 'instant'; readonly value: Expression<string> }
  /** 0 or 1. */
  | { readonly type: 'flag'; readonly value: Expression<number | null> }
  /** Always one of some values: `stored` as the column has it, `shown` as clients see it. */
  | {
      readonly type: 'choice';
      readonly value: Expression<string | number>;
      readonly choices: readonly { readonly stored: string | number; readonly shown: string }[];
    }
  /** What no subject has a value of. */
  | { readonly type: 'absent' };

type Term = ResolvedComparison | ResolvedPresence;

/**
 * The subjects for which a term about one single value is true, or with `negated` those for which it is false. `anyRow`
 * where the column cannot tell.
 */
export function columnCondition(term: Term, column: Column, negated: boolean): Condition {
  switch (column.type) {
    case 'absent':
      // RFC 7644 s3.4.2.2 table 3: what has no value is not equal to any.
      return (term.kind === 'comparison' && term.operator === 'ne') === negated ? noRow : everyRow;
    case 'choice':
      return choiceCondition(term, column, negated);
    default: {
      if (term.kind === 'presence') return presenceCondition(column, negated);
      const { operator, operand } = term;
      const test = columnTest(column, operator === 'ne' ? 'eq' : operator, operand);
      // Of one value, `ne` is the opposite of `eq`, also where the value is missing.
      return test === undefined ? anyRow : testCondition(column.value, test, (operator === 'ne') !== negated);
    }
  }
}

export type TextColumn = Extract<Column, { type: 'text' }>;

/** A column whose values are compared as they are. */
export type ComparedColumn = Extract<Column, { type: 'text' | 'instant' | 'flag' }>;

/**
 * Whether the value of a column compares so: null where it is null, a boolean where that does not depend on it. Undefined
 * where the column cannot tell.
 */
export function columnTest(
  column: ComparedColumn,
  operator: Parameters<typeof textTest>[1],
  operand: Operand,
): Expression<SqlBool> | boolean | undefined {
  if (column.type === 'flag') {
    return operand.type === 'boolean' ? sql<SqlBool>`${column.value} = ${operand.value ? 1 : 0}` : undefined;
  }
  if (column.type === 'instant') {
    return operand.type === 'instant' ? textTest(column.value, operator, operand.value) : undefined;
  }
  const text = textOperand(column, operand);
  return text === undefined ? undefined : textTest(column.value, operator, text);
}

/** The text that a column of texts is compared with; undefined where it cannot tell what the operand asks. */
export function textOperand({ caseExact }: TextColumn, operand: Operand): string | undefined {
  return operand.type === 'text' && operand.caseExact === caseExact ? operand.value : undefined;
}

/** The rows whose value passes a test, or those whose value does not or is missing. */
function testCondition(value: Expression<unknown>, test: Expression<SqlBool> | boolean, negated: boolean): Condition {
  if (typeof test === 'boolean') {
    if (test) return exactly(negated ? sql<SqlBool>`${value} is null` : sql<SqlBool>`${value} is not null`);
    return negated ? everyRow : noRow;
  }
  return exactly(negated ? sql<SqlBool>`(${value} is null or not (${test}))` : test);
}

/** RFC 7644 s3.4.2.2 table 3: an empty string is not present. */
function presenceCondition({ type, value }: ComparedColumn, negated: boolean): Condition {
  const present = type === 'text' ? sql<SqlBool>`${value} > ''` : sql<SqlBool>`${value} is not null`;
  return testCondition(value, present, negated);
}

function choiceCondition(term: Term, column: Extract<Column, { type: 'choice' }>, negated: boolean): Condition {
  const fits = term.kind === 'presence' ? () => true : compileComparison(term);
  const chosen = column.choices.filter(({ shown }) => fits(shown) !== negated).map(({ stored }) => stored);
  if (chosen.length === 0) return noRow;
  if (chosen.length === column.choices.length) return everyRow;
  return exactly(sql<SqlBool>`${column.value} in (${sql.join(chosen)})`);
}
