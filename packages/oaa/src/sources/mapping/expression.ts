import Handlebars from 'handlebars';
import { didYouMean } from '../../errors/nearest-name.ts';
import type { ColumnReader, Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { Fault, quoted } from './fault.ts';
import { compileDateParser } from './parse-date.ts';

type Helper = (values: readonly unknown[], tables: CompileContext['tables']) => unknown;

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** Date parsers of expressions, by their formats. */
function dateHelper(): Helper {
  const parsers = new Map<string, (text: string) => string | undefined>();
  return ([value, ...formats]) => {
    if (text(value) === '') return '';
    const names = formats.map(text);
    const key = names.join('\n');
    const parser = parsers.get(key) ?? compileDateParser(names.length === 0 ? undefined : names, undefined);
    parsers.set(key, parser);
    const parsed = parser(text(value));
    if (parsed === undefined)
      throw new Fault('bad-timestamp', `${quoted(value)} is not a date of the form ${names.join(', ') || 'RFC 3339'}.`);
    return parsed;
  };
}

const helpers: Readonly<Record<string, Helper>> = {
  lower: ([value]) => text(value).toLowerCase(),
  upper: ([value]) => text(value).toUpperCase(),
  trim: ([value]) => text(value).trim(),
  split: ([value, delimiter]) =>
    text(value)
      .split(text(delimiter) || ',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  join: ([value, delimiter]) =>
    (Array.isArray(value) ? value.map(text) : [text(value)]).join(delimiter === undefined ? ',' : text(delimiter)),
  default: (values) => values.map(text).find((value) => value !== '') ?? '',
  replace: ([value, from, to]) => (text(from) === '' ? text(value) : text(value).replaceAll(text(from), text(to))),
  date: dateHelper(),
  lookup: ([table, key], tables) => {
    const found = tables.get(text(table))?.get(text(key).trim().toLowerCase());
    if (found === undefined)
      throw new Fault('lookup-miss', `The table "${text(table)}" has no entry for ${quoted(key)}.`);
    return found;
  },
};

const blocks: readonly string[] = ['if', 'unless'];

interface Compiled {
  readonly columns: readonly string[];
  readonly render: (context: Readonly<Record<string, unknown>>) => string;
}

/** Finds the columns of an expression and gives them names that every column can have. */
class ColumnNames extends Handlebars.Visitor {
  readonly columns: string[] = [];
  readonly problems: { readonly message: string; readonly hint?: string }[] = [];

  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    if (statement.params.length > 0 || statement.hash !== undefined) this.#helper(statement.path);
    else this.accept(statement.path);
    this.acceptArray(statement.params);
    if (statement.hash !== undefined) this.#refuse('named arguments');
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.#helper(expression.path);
    this.acceptArray(expression.params);
    if (expression.hash !== undefined) this.#refuse('named arguments');
  }

  override BlockStatement(statement: hbs.AST.BlockStatement): void {
    const name = (statement.path as hbs.AST.PathExpression).original;
    if (!blocks.includes(name)) this.#refuse(`{{#${name}}}`);
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

  #helper(path: hbs.AST.PathExpression | hbs.AST.Expression): void {
    const name = String((path as hbs.AST.PathExpression).original);
    if (Object.hasOwn(helpers, name)) return;
    this.problems.push({
      message: `There is no helper "${name}".${didYouMean(name, Object.keys(helpers))}`,
      hint: `Helpers are ${Object.keys(helpers).join(', ')}.`,
    });
  }

  #refuse(what: string): void {
    this.problems.push({
      message: `An expression may not use ${what}.`,
      hint: 'Columns, helpers, {{#if}} and {{#unless}} are there.',
    });
  }
}

function environment(tables: CompileContext['tables']): typeof Handlebars {
  const handlebars = Handlebars.create();
  for (const name of ['each', 'with', 'log', 'blockHelperMissing', 'helperMissing']) handlebars.unregisterHelper(name);
  for (const [name, helper] of Object.entries(helpers)) {
    // The last argument is Handlebars' own.
    handlebars.registerHelper(name, (...values: unknown[]) => helper(values.slice(0, -1), tables));
  }
  return handlebars;
}

function parse(source: string, context: CompileContext, path: MappingPath): Compiled | undefined {
  const handlebars = environment(context.tables);
  let program: hbs.AST.Program;
  try {
    program = handlebars.parse(source);
  } catch (cause) {
    const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    context.problem(
      path,
      `The expression ${quoted(source)} is not complete: ${lines.slice(1).join(' ') || lines[0]}`,
      'Every {{ needs its }}.',
    );
    return undefined;
  }
  const names = new ColumnNames();
  names.accept(program);
  for (const { message, hint } of names.problems) context.problem(path, message, hint);
  if (names.problems.length > 0) return undefined;
  const template = handlebars.compile(program, { strict: true, noEscape: true });
  return { columns: names.columns, render: (values) => template(values) };
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
): ((row: Row) => string) | undefined {
  const compiled = parse(source, context, path);
  if (compiled === undefined) return undefined;
  const readers = compiled.columns.map((name) => column(name));
  if (readers.some((reader) => reader === undefined)) return undefined;
  const names = readers.map((_, position) => `c${position}`);
  return (row) => {
    const values: Record<string, unknown> = {};
    for (let position = 0; position < names.length; position += 1) {
      values[names[position] as string] = (readers[position] as ColumnReader)(row) ?? '';
    }
    return compiled.render(values);
  };
}
