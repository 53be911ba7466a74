import { didYouMean } from '../../errors/nearest-name.ts';
import type { ColumnReader, Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileExpression } from './expression.ts';
import type { ValueSpec } from './value-spec.ts';

export type FullSpec = Exclude<ValueSpec, string>;

/** Reads a value of a row; undefined where the row has none. @throws Fault */
export type Read<Value> = (row: Row) => Value | undefined;

/** A compiled value, with what messages call the place that it is read from. */
export interface Reader<Value> {
  readonly read: Read<Value>;
  /** The column, or several with `|` between them; undefined for constants. */
  readonly column: string | undefined;
}

const shownColumns = 30;

/** A text alone is a column, or an expression when it has `{{` in it. */
export function fullSpec(spec: ValueSpec): FullSpec {
  if (typeof spec !== 'string') return spec;
  return spec.includes('{{') ? { expression: spec } : { column: spec };
}

/** Whether a raw value says nothing: none, a blank text, a list of such. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.every(isEmpty))
  );
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
    const shown = known.slice(0, shownColumns).join(', ');
    const more = known.length > shownColumns ? ` and ${known.length - shownColumns} more` : '';
    context.problem(
      path,
      `${context.source.file} has no column "${name}".${didYouMean(name, known)}`,
      `Columns are: ${shown}${more}. A constant is written { value: ... }.`,
    );
  }
  return reader;
}

/** The raw value: a text, or any JSON value. What is wrong with the spec is reported as a problem of the mapping. */
export function compileRaw(spec: FullSpec, context: CompileContext, path: MappingPath): Reader<unknown> {
  const nothing: Reader<unknown> = { column: undefined, read: () => undefined };
  if (spec.value !== undefined) {
    const { value } = spec;
    return { column: undefined, read: () => value };
  }
  if (spec.expression !== undefined) {
    const compiled = compileExpression(spec.expression, context, path, (name) => findColumn(name, spec, context, path));
    return compiled === undefined ? nothing : { column: compiled.columns.join('|') || undefined, read: compiled.read };
  }
  const names = spec.columns ?? [spec.column as string];
  const readers = names.map((name) => findColumn(name, spec, context, path));
  if (readers.some((reader) => reader === undefined)) return nothing;
  const column = names.join('|');
  const [only] = readers;
  if (readers.length === 1 && only !== undefined) return { column, read: only };
  return {
    column,
    read: (row) => {
      for (const reader of readers as ColumnReader[]) {
        const value = reader(row);
        if (!isEmpty(value)) return value;
      }
      return undefined;
    },
  };
}
