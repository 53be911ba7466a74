import type { Expression, SqlBool } from 'kysely';
import { compileResolvedFilter } from '../../../protocol/filter/compile-filter.ts';
import type { ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import { recentFolds } from '../../../protocol/text/recent-folds.ts';
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
  return { questions, matches: compile(filter, { scope, questions, fold: recentFolds() }) };
}

interface Compilation {
  readonly scope: ListScope;
  readonly questions: Expression<SqlBool>[];
  /** Shared by all terms: each value of a resource is folded once. */
  readonly fold: (text: string) => string;
}

function compile(filter: ResolvedFilter, compilation: Compilation): ResidualPredicate {
  switch (filter.kind) {
    case 'not': {
      const operand = compile(filter.operand, compilation);
      return (subject, answers) => !operand(subject, answers);
    }
    case 'and': {
      const operands = filter.operands.map((operand) => compile(operand, compilation));
      return (subject, answers) => operands.every((matches) => matches(subject, answers));
    }
    case 'or': {
      const operands = filter.operands.map((operand) => compile(operand, compilation));
      return (subject, answers) => operands.some((matches) => matches(subject, answers));
    }
    case 'constant':
      return () => filter.value;
    default: {
      const { scope, questions, fold } = compilation;
      const relation = relationOf(filter, scope);
      if (relation === undefined) return compileResolvedFilter(filter, fold);
      const question = questions.push(relatedTest(filter, relation)) - 1;
      return (_subject, answers) => answers[question] === '1';
    }
  }
}
