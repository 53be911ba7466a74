import Handlebars from 'handlebars';
import type { ColumnReader, Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { ExpressionCheck } from './expression-check.ts';
import { expressionHelpers, expressionValue } from './expression-helpers.ts';
import { quoted } from './fault.ts';

/** An expression that can be evaluated. */
interface Expression {
  /** The columns that it reads. */
  readonly columns: readonly string[];
  /** @throws Fault */
  readonly read: (row: Row) => string;
}

function environment(tables: CompileContext['tables']): typeof Handlebars {
  const handlebars = Handlebars.create();
  for (const name of ['each', 'with', 'log', 'blockHelperMissing', 'helperMissing']) handlebars.unregisterHelper(name);
  for (const [name, helper] of Object.entries(expressionHelpers)) {
    // The last argument is Handlebars' own.
    handlebars.registerHelper(name, (...values: unknown[]) => helper(values.slice(0, -1), tables));
  }
  return handlebars;
}

/**
 * Compiles a handlebars expression over the columns of a row. Unknown columns and helpers and unfinished expressions are
 * reported as problems of the mapping; the result is then undefined.
 */
export function compileExpression(
  source: string,
  context: CompileContext,
  path: MappingPath,
  column: (name: string) => ColumnReader | undefined,
): Expression | undefined {
  const handlebars = environment(context.tables);
  let program: hbs.AST.Program;
  try {
    program = handlebars.parse(source);
  } catch (cause) {
    // Of a grammar's words only those about blocks help: "if doesn't match unless - 1:3".
    const [why = '', ...more] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    context.problem(
      path,
      `The expression ${quoted(source)} is not complete${more.length === 0 ? `: ${why}` : ''}.`,
      'Every {{ needs its }}, every {{#if}} its {{/if}}; a column with spaces is written {{[First name]}}.',
    );
    return undefined;
  }
  const check = new ExpressionCheck(context.tables);
  check.accept(program);
  for (const { message, hint } of check.problems) context.problem(path, message, hint);
  if (check.problems.length > 0) return undefined;
  const readers = check.columns.map((name) => column(name)).filter((reader) => reader !== undefined);
  if (readers.length < check.columns.length) return undefined;
  const template = handlebars.compile(program, { strict: true, noEscape: true });
  return {
    columns: check.columns,
    read: (row) => {
      const values: Record<string, unknown> = {};
      for (let position = 0; position < readers.length; position += 1) {
        values[`c${position}`] = expressionValue((readers[position] as ColumnReader)(row));
      }
      return template(values);
    },
  };
}
