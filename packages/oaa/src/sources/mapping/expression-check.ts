import Handlebars from 'handlebars';
import { didYouMean } from '../../errors/nearest-name.ts';
import type { CompileContext } from './compile-context.ts';
import { expressionHelpers } from './expression-helpers.ts';
import { checkDateFormat } from './parse-date.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression;

const blocks: readonly string[] = ['if', 'unless'];

/** The text of a literal; undefined for anything else. */
function literal(expression: hbs.AST.Expression | undefined): string | undefined {
  return expression?.type === 'StringLiteral' ? (expression as hbs.AST.StringLiteral).value : undefined;
}

/**
 * Walks over a parsed expression: finds its columns, gives them names that every column can have (`c0`, `c1` ...), and
 * collects what an expression may not hold, so that evaluating it can only fail for the values of a row.
 */
export class ExpressionCheck extends Handlebars.Visitor {
  readonly columns: string[] = [];
  readonly problems: { readonly message: string; readonly hint?: string }[] = [];
  readonly #tables: CompileContext['tables'];

  constructor(tables: CompileContext['tables']) {
    super();
    this.#tables = tables;
  }

  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    if (statement.params.length > 0 || statement.hash !== undefined) this.#call(statement);
    else if (statement.path.type === 'PathExpression') this.accept(statement.path);
    else this.#refuse('a constant where a column is expected', 'Text without {{ }} stands for itself.');
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.#call(expression);
  }

  override BlockStatement(statement: hbs.AST.BlockStatement): void {
    const name = String((statement.path as hbs.AST.PathExpression).original);
    if (!blocks.includes(name)) this.#refuse(`{{#${name}}}`);
    else if (statement.params.length !== 1) this.#refuse(`{{#${name}}} with other than one value`);
    if (statement.hash !== undefined) this.#refuse('named arguments');
    this.acceptArray(statement.params);
    this.accept(statement.program);
    if (statement.inverse !== undefined) this.accept(statement.inverse);
  }

  override PartialStatement(): void {
    this.#refuse('partials');
  }

  override PartialBlockStatement(): void {
    this.#refuse('partials');
  }

  override DecoratorBlock(): void {
    this.#refuse('decorators');
  }

  override Decorator(): void {
    this.#refuse('decorators');
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    if (path.data || path.depth > 0 || path.parts.length === 0) {
      this.#refuse(`"${path.original}"`);
      return;
    }
    const column = path.parts.join('.');
    let position = this.columns.indexOf(column);
    if (position < 0) position = this.columns.push(column) - 1;
    const name = `c${position}`;
    Object.assign(path, { original: name, parts: [name], head: name, tail: [] });
  }

  #call(call: Call): void {
    const name = String((call.path as hbs.AST.PathExpression).original);
    if (!Object.hasOwn(expressionHelpers, name)) {
      this.problems.push({
        message: `There is no helper "${name}".${didYouMean(name, Object.keys(expressionHelpers))}`,
        hint: `Helpers are ${Object.keys(expressionHelpers).join(', ')}. A column with spaces is written {{[First name]}}.`,
      });
    } else if (call.params.length === 0) this.#refuse(`the helper "${name}" without a value`);
    if (name === 'lookup') this.#checkTable(call.params);
    if (name === 'date') this.#checkFormats(call.params.slice(1));
    if (call.hash !== undefined) this.#refuse('named arguments');
    this.acceptArray(call.params);
  }

  #checkTable([table, key]: readonly hbs.AST.Expression[]): void {
    const name = literal(table);
    if (name === undefined || key === undefined) {
      this.#refuse('lookup in this form', 'Write it with the name of the table: {{lookup "countries" country}}.');
    } else if (!this.#tables.has(name)) {
      this.problems.push({
        message: `There is no table "${name}".${didYouMean(name, this.#tables.keys())}`,
        hint: 'Tables are declared under "tables".',
      });
    }
  }

  #checkFormats(formats: readonly hbs.AST.Expression[]): void {
    for (const format of formats) {
      const text = literal(format);
      const problem = text === undefined ? 'it is not a text in quotes.' : checkDateFormat(text);
      if (problem !== undefined) {
        this.problems.push({
          message: `The date format ${text === undefined ? 'of the expression' : `"${text}"`} is not usable: ${problem}`,
          hint: 'For example {{date column "DD/MM/YYYY"}}.',
        });
      }
    }
  }

  #refuse(what: string, hint = 'Columns, helpers, {{#if}} and {{#unless}} are there.'): void {
    this.problems.push({ message: `An expression may not use ${what}.`, hint });
  }
}
