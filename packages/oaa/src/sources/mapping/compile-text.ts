import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileRaw, type FullSpec, fullSpec, type Reader } from './compile-raw.ts';
import { compileReplace } from './compile-replace.ts';
import { Fault, quoted } from './fault.ts';
import type { ValueSpec } from './value-spec.ts';

/** A value without outer spaces as a text; undefined for an empty one. @throws Fault for a list or an object */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const trimmed = value.trim();
    return trimmed === '' ? undefined : trimmed;
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Fault(
    'bad-value',
    `A text is expected, and here is ${Array.isArray(value) ? 'a list' : 'an object'}: ${quoted(value)}.`,
  );
}

function splitter(spec: FullSpec, context: CompileContext): ((text: string) => string[]) | undefined {
  if (spec.list === undefined) return undefined;
  const delimiter = spec.list === true ? context.delimiter : spec.list;
  return (text) => text.split(delimiter);
}

/** All values of a spec as texts, without empty ones; undefined when there are none. */
export function compileAll(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<readonly string[]> {
  const full = fullSpec(spec);
  const { read, column } = compileRaw(full, context, path);
  const split = splitter(full, context);
  const replace = compileReplace(full, column, context, path);
  const defaults = [full.default ?? []]
    .flat()
    .map(scalarText)
    .filter((text) => text !== undefined);
  const fallback = defaults.length === 0 ? undefined : defaults;
  return {
    column,
    read: (row) => {
      const value = read(row);
      const parts: readonly unknown[] = Array.isArray(value)
        ? value
        : typeof value === 'string' && split !== undefined
          ? split(value)
          : [value];
      const texts: string[] = [];
      for (const part of parts) {
        const text = scalarText(part);
        if (text === undefined) continue;
        const replaced = replace === undefined ? text : replace(text, row);
        for (const item of Array.isArray(replaced) ? replaced : [replaced]) {
          const final = scalarText(item);
          if (final !== undefined) texts.push(final);
        }
      }
      return texts.length === 0 ? fallback : texts;
    },
  };
}

/** One value of a spec, as a text. */
export function compileText(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<string> {
  const full = fullSpec(spec);
  const { list, map, lookup } = full;
  if (list === undefined && map === undefined && lookup === undefined && full.default === undefined) {
    const { read, column } = compileRaw(full, context, path);
    return { column, read: (row) => scalarText(read(row)) };
  }
  const { read, column } = compileAll(full, context, path);
  return {
    column,
    read: (row) => {
      const texts = read(row);
      if (texts === undefined || texts.length <= 1) return texts?.[0];
      throw new Fault(
        'bad-value',
        `One value is expected, and here are ${texts.length}: ${quoted(texts.join(', '))}.`,
        'Take list: off; or correct the row.',
      );
    },
  };
}

function withoutDuplicates(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}

/** The values of one or several specs, each once. */
export function compileTexts(
  specs: ValueSpec | readonly ValueSpec[],
  context: CompileContext,
  path: MappingPath,
): Reader<readonly string[]> {
  if (!Array.isArray(specs)) {
    const { read, column } = compileAll(specs as ValueSpec, context, path);
    return {
      column,
      read: (row) => {
        const texts = read(row);
        return texts === undefined ? undefined : withoutDuplicates(texts);
      },
    };
  }
  const readers = specs.map((spec, index) => compileAll(spec, context, [...path, index]));
  return {
    column: joinColumns(readers),
    read: (row) => {
      const texts = readers.flatMap(({ read }) => read(row) ?? []);
      return texts.length === 0 ? undefined : withoutDuplicates(texts);
    },
  };
}

/** What messages call the place of several values. */
export function joinColumns(readers: readonly Reader<unknown>[]): string | undefined {
  return (
    readers
      .map(({ column }) => column)
      .filter((column) => column !== undefined)
      .join('|') || undefined
  );
}
