import type { Expression, SqlBool } from 'kysely';
import { compileResolvedFilter } from '../../../protocol/filter/compile-filter.ts';
import type { ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import type { ListScope } from '../list-scope.ts';
import { relatedTest } from './related-test.ts';
import { relationOf } from './translate-filter.ts';

/** A filter to be evaluated in code, of whose parts the database evaluates those that no document answers. */
export interface ResidualFilter {
  /** What the database is asked of each row. */
  readonly questions: readonly Expression<SqlBool>[];
  /** Whether a resource with `id` and `meta` matches; `answers` has a 1 for each question that was answered with yes, else 0. */
  readonly matches: ResidualPredicate;
}

type ResidualPredicate = (subject: ScimObject, answers: string) => boolean;

/** Splits a filter into what is asked of the database, about members and memberships, and what is evaluated in code. */
export function residualFilter(filter: ResolvedFilter, scope: ListScope): ResidualFilter {
  const questions: Expression<SqlBool>[] = [];
  return { questions, matches: compile(filter, scope, questions) };
}

function compile(filter: ResolvedFilter, scope: ListScope, questions: Expression<SqlBool>[]): ResidualPredicate {
  switch (filter.kind) {
    case 'not': {
      const operand = compile(filter.operand, scope, questions);
      return (subject, answers) => !operand(subject, answers);
    }
    case 'and': {
      const operands = filter.operands.map((operand) => compile(operand, scope, questions));
      return (subject, answers) => operands.every((matches) => matches(subject, answers));
    }
    case 'or': {
      const operands = filter.operands.map((operand) => compile(operand, scope, questions));
      return (subject, answers) => operands.some((matches) => matches(subject, answers));
    }
    case 'constant':
      return () => filter.value;
    default: {
      const relation = relationOf(filter, scope);
      if (relation === undefined) return compileResolvedFilter(filter);
      const question = questions.push(relatedTest(filter, relation)) - 1;
      return (_subject, answers) => answers[question] === '1';
    }
  }
}
