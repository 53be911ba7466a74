import { didYouMean } from '../../errors/nearest-name.ts';
import { type PropertyType, type PropertyValue, propertyProblem } from '../../payload/properties.ts';
import { isTimestamp } from '../../payload/timestamps.ts';
import type { ColumnReader, Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileExpression } from './expression.ts';
import { Fault, quoted } from './fault.ts';
import { compileBooleanParser } from './parse-boolean.ts';
import { checkDateFormat, compileDateParser } from './parse-date.ts';
import type { ValueSpec } from './value-spec.ts';

type FullSpec = Exclude<ValueSpec, string>;
/** Reads a value of a row; undefined where the row has none. @throws Fault */
export type Read<Value> = (row: Row) => Value | undefined;

/** A compiled value, with what messages call the place that it is read from. */
export interface Reader<Value> {
  readonly read: Read<Value>;
  /** The column, where it is one. */
  readonly column: string | undefined;
}

function fullSpec(spec: ValueSpec): FullSpec {
  if (typeof spec !== 'string') return spec;
  return spec.includes('{{') ? { expression: spec } : { column: spec };
}

/** Finds a column, or reports that the source has none of that name; an optional one is then empty. */
function findColumn(
  name: string,
  { optional }: FullSpec,
  context: CompileContext,
  path: MappingPath,
): ColumnReader | undefined {
  const reader = context.source.column(name);
  if (reader === undefined && optional === true) return () => undefined;
  if (reader === undefined) {
    const known = context.source.columns ?? [];
    context.problem(
      path,
      `${context.source.file} has no column "${name}".${didYouMean(name, known)}`,
      known.length === 0
        ? undefined
        : `Columns are: ${known.slice(0, 30).join(', ')}. A constant is written { value: ... }.`,
    );
  }
  return reader;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** The raw value: a text, or any JSON value. */
function compileRaw(spec: FullSpec, context: CompileContext, path: MappingPath): Read<unknown> | undefined {
  if (spec.value !== undefined) {
    const { value } = spec;
    return () => value;
  }
  if (spec.expression !== undefined) {
    return compileExpression(spec.expression, context, path, (name) => findColumn(name, spec, context, path));
  }
  const names = spec.columns ?? [spec.column as string];
  const readers = names.map((name) => findColumn(name, spec, context, path));
  if (readers.some((reader) => reader === undefined)) return undefined;
  if (readers.length === 1) return readers[0];
  return (row) => {
    for (const reader of readers as ColumnReader[]) {
      const value = reader(row);
      if (!isEmpty(value)) return value;
    }
    return undefined;
  };
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const trimmed = value.trim();
    return trimmed === '' ? undefined : trimmed;
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new Fault(
    'bad-value',
    `A text is expected, and here is ${Array.isArray(value) ? 'a list' : 'an object'}: ${quoted(value)}.`,
  );
}

function foldedTable(table: Readonly<Record<string, unknown>> | undefined): ReadonlyMap<string, unknown> | undefined {
  return table === undefined
    ? undefined
    : new Map(Object.entries(table).map(([key, value]) => [key.trim().toLowerCase(), value]));
}

function compileLookup(
  spec: FullSpec,
  context: CompileContext,
  path: MappingPath,
): ((text: string) => string | undefined) | undefined {
  const { lookup } = spec;
  if (lookup === undefined) return undefined;
  const table = context.tables.get(lookup.table);
  if (table === undefined) {
    context.problem(
      [...path, 'lookup', 'table'],
      `There is no table "${lookup.table}".${didYouMean(lookup.table, context.tables.keys())}`,
      'Tables are declared under "tables".',
    );
    return undefined;
  }
  return (text) => {
    const found = table.get(text.toLowerCase());
    if (found !== undefined) return found;
    if (lookup.unknown === 'keep') return text;
    if (lookup.unknown === 'empty') return undefined;
    throw new Fault(
      'lookup-miss',
      `The table "${lookup.table}" has no entry for ${quoted(text)}.`,
      'Add it to the table, or say what to do: lookup: { unknown: keep } or empty.',
    );
  };
}

/** Replaces one text by the inline map and the lookup table. */
function compileReplace(
  spec: FullSpec,
  context: CompileContext,
  path: MappingPath,
): ((text: string) => unknown) | undefined {
  const map = foldedTable(spec.map);
  const lookup = compileLookup(spec, context, path);
  if (map === undefined) return lookup;
  return (text) => {
    const mapped = map.get(text.toLowerCase());
    return mapped === undefined ? (lookup === undefined ? text : lookup(text)) : mapped;
  };
}

function splitter(spec: FullSpec, context: CompileContext): ((text: string) => string[]) | undefined {
  if (spec.list === undefined) return undefined;
  const delimiter = spec.list === true ? context.delimiter : spec.list;
  return (text) => text.split(delimiter);
}

/** All values of a spec as texts, without empty ones. */
function compileAll(spec: ValueSpec, context: CompileContext, path: MappingPath): Read<readonly string[]> {
  const full = fullSpec(spec);
  const raw = compileRaw(full, context, path);
  const split = splitter(full, context);
  const replace = compileReplace(full, context, path);
  if (raw === undefined) return () => undefined;
  const fallback = full.default === undefined ? undefined : [full.default].flat().map(String);
  return (row) => {
    const value = raw(row);
    const parts: readonly unknown[] = Array.isArray(value)
      ? value
      : typeof value === 'string' && split !== undefined
        ? split(value)
        : [value];
    const texts: string[] = [];
    for (const part of parts) {
      const text = scalarText(part);
      if (text === undefined) continue;
      const replaced = replace === undefined ? text : replace(text);
      for (const item of Array.isArray(replaced) ? replaced : [replaced]) {
        const final = scalarText(item);
        if (final !== undefined) texts.push(final);
      }
    }
    return texts.length === 0 ? fallback : texts;
  };
}

/** One value of a spec, as a text. */
export function compileText(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<string> {
  const full = fullSpec(spec);
  const column = full.column;
  const simple =
    full.list === undefined && full.map === undefined && full.lookup === undefined && full.default === undefined;
  if (simple) {
    const raw = compileRaw(full, context, path);
    return { column, read: raw === undefined ? () => undefined : (row) => scalarText(raw(row)) };
  }
  const all = compileAll(full, context, path);
  return {
    column,
    read: (row) => {
      const texts = all(row);
      if (texts === undefined || texts.length <= 1) return texts?.[0];
      throw new Fault('bad-value', `One value is expected, and here are ${texts.length}.`);
    },
  };
}

/** The values of one or several specs, without duplicates. */
export function compileTexts(
  specs: ValueSpec | readonly ValueSpec[],
  context: CompileContext,
  path: MappingPath,
): Reader<readonly string[]> {
  if (!Array.isArray(specs)) {
    const read = compileAll(specs as ValueSpec, context, path);
    return { column: fullSpec(specs as ValueSpec).column, read };
  }
  const readers = specs.map((spec, index) => compileAll(spec, context, [...path, index]));
  return {
    column: specs.length === 1 ? fullSpec(specs[0] as ValueSpec).column : undefined,
    read: (row) => {
      const texts = readers.flatMap((read) => read(row) ?? []);
      return texts.length === 0 ? undefined : texts;
    },
  };
}

export function compileBoolean(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<boolean> {
  const full = fullSpec(spec);
  const { read, column } = compileText(full, context, path);
  const both = full.true?.find((word) =>
    full.false?.some((other) => other.trim().toLowerCase() === word.trim().toLowerCase()),
  );
  if (both !== undefined) {
    context.problem([...path, 'false'], `The word "${both}" means both true and false.`);
    return { column, read: () => undefined };
  }
  const parse = compileBooleanParser(full.true, full.false);
  return {
    column,
    read: (row) => {
      const text = read(row);
      if (text === undefined) return undefined;
      const value = parse(text);
      if (value === undefined) {
        throw new Fault(
          'bad-value',
          `${quoted(text)} is neither true nor false.`,
          'Name the words: { column: ..., true: [ja], false: [nein] }.',
        );
      }
      return value;
    },
  };
}

export function compileTimestamp(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<string> {
  const full = fullSpec(spec);
  const { read, column } = compileText(full, context, path);
  const formats = full.format === undefined ? undefined : [full.format].flat();
  for (const format of formats ?? []) {
    const problem = checkDateFormat(format);
    if (problem !== undefined) {
      context.problem([...path, 'format'], `The date format "${format}" is not usable: ${problem}`);
      return { column, read: () => undefined };
    }
  }
  const parse = compileDateParser(formats, full.timezone);
  return {
    column,
    read: (row) => {
      const text = read(row);
      if (text === undefined) return undefined;
      const parsed = parse(text);
      if (parsed === undefined || !isTimestamp(parsed)) {
        const expected = formats === undefined ? 'RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss' : formats.join(' or ');
        throw new Fault(
          'bad-timestamp',
          `${quoted(text)} is not a date of the form ${expected}.`,
          'Name the form: { column: ..., format: "DD/MM/YYYY" }.',
        );
      }
      return parsed;
    },
  };
}

function compileNumber(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<number> {
  const { read, column } = compileText(spec, context, path);
  return {
    column,
    read: (row) => {
      const text = read(row);
      if (text === undefined) return undefined;
      const value = Number(text);
      if (!Number.isFinite(value) || !/^[+-]?[\d.]/.test(text))
        throw new Fault('property-type', `${quoted(text)} is not a number.`);
      return value;
    },
  };
}

/** A custom property's value, in the form that its definition asks for. */
export function compileProperty(
  type: PropertyType,
  spec: ValueSpec,
  context: CompileContext,
  path: MappingPath,
): Reader<PropertyValue> {
  const compile: Readonly<Record<PropertyType, () => Reader<PropertyValue>>> = {
    BOOLEAN: () => compileBoolean(spec, context, path),
    NUMBER: () => compileNumber(spec, context, path),
    STRING: () => compileText(spec, context, path),
    STRING_LIST: () => compileTexts(spec, context, path),
    TIMESTAMP: () => compileTimestamp(spec, context, path),
  };
  const { read, column } = compile[type]();
  return {
    column,
    read: (row) => {
      const value = read(row);
      const problem = value === undefined ? undefined : propertyProblem(type, value);
      if (problem !== undefined) throw new Fault(problem.code, `${problem.message}.`);
      return value;
    },
  };
}
