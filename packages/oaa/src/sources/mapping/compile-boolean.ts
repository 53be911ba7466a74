import type { CompileContext, MappingPath } from './compile-context.ts';
import { fullSpec, type Reader } from './compile-raw.ts';
import { compileText } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import { compileBooleanParser } from './parse-boolean.ts';
import type { ValueSpec } from './value-spec.ts';

const jsonWords: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

export function compileBoolean(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<boolean> {
  const full = fullSpec(spec);
  const { read, column } = compileText(full, context, path);
  const folded = new Set(full.true?.map((word) => word.trim().toLowerCase()));
  const both = full.false?.find((word) => folded.has(word.trim().toLowerCase()));
  if (both !== undefined) {
    context.problem([...path, 'false'], `The word "${both}" means both true and false.`);
    return { column, read: () => undefined };
  }
  const parse = compileBooleanParser(full.true, full.false);
  // Own words are for texts: what JSON itself calls true stays true.
  const isJson = context.source.columns === undefined;
  return {
    column,
    read: (row) => {
      const text = read(row);
      if (text === undefined) return undefined;
      const value = parse(text) ?? (isJson ? jsonWords.get(text) : undefined);
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
