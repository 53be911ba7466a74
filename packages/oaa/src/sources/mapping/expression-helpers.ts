import type { CompileContext } from './compile-context.ts';
import { Fault, quoted } from './fault.ts';
import { compileDateParser } from './parse-date.ts';

type Tables = CompileContext['tables'];

/** A helper of expressions: takes the values that stand behind its name. @throws Fault */
type Helper = (values: readonly unknown[], tables: Tables) => unknown;

/** What expressions show where a text is needed and the row has an object: a fault, and never "[object Object]". */
class NotText {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  [Symbol.toPrimitive](): never {
    throw new Fault(
      'bad-value',
      `A text is expected, and here is an object: ${quoted(this.#value)}.`,
      'Name a value inside it: {{manager.email}}.',
    );
  }
}

/** A value of a row as expressions see it. */
export function expressionValue(value: unknown): unknown {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(expressionValue);
  return typeof value === 'object' ? new NotText(value) : value;
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** Date parsers of expressions, by their formats. */
function dateHelper(): Helper {
  const parsers = new Map<string, (text: string) => string | undefined>();
  return ([value, ...formats]) => {
    const written = text(value).trim();
    if (written === '') return '';
    const names = formats.map(text);
    const key = names.join('\n');
    const parser = parsers.get(key) ?? compileDateParser(names.length === 0 ? undefined : names, undefined);
    parsers.set(key, parser);
    const parsed = parser(written);
    if (parsed !== undefined) return parsed;
    throw new Fault(
      'bad-timestamp',
      `${quoted(written)} is not a date of the form ${names.join(' or ') || 'RFC 3339'}.`,
      'Name the form: {{date column "DD/MM/YYYY"}}.',
    );
  };
}

/** The helpers of expressions, by name. */
export const expressionHelpers: Readonly<Record<string, Helper>> = {
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
  default: (values) => values.map(text).find((value) => value.trim() !== '') ?? '',
  replace: ([value, from, to]) =>
    text(from) === '' ? text(value) : text(value).replaceAll(text(from), () => text(to)),
  date: dateHelper(),
  lookup: ([table, key], tables) => {
    const written = text(key).trim();
    if (written === '') return '';
    const found = tables.get(text(table))?.get(written.toLowerCase());
    if (found !== undefined) return found;
    throw new Fault(
      'lookup-miss',
      `The table "${text(table)}" has no entry for ${quoted(written)}.`,
      'Add it to the table; { column: ..., lookup: { table: ..., unknown: ... } } says what to do instead.',
    );
  },
};
