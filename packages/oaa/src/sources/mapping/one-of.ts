import { didYouMean } from '../../errors/nearest-name.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { compileText } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import type { ValueSpec } from './value-spec.ts';

/** A compiler of values that are one of some words; case does not count. */
export function oneOf(
  words: readonly string[],
): (spec: ValueSpec, context: CompileContext, path: MappingPath) => Reader<string> {
  const known = new Map(words.map((word) => [word.toLowerCase(), word]));
  return (spec, context, path) => {
    const { read, column } = compileText(spec, context, path);
    return {
      column,
      read: (row) => {
        const text = read(row);
        if (text === undefined) return undefined;
        const word = known.get(text.toLowerCase());
        if (word === undefined) {
          throw new Fault(
            'unknown-value',
            `${quoted(text)} is not one of ${words.join(', ')}.${didYouMean(text, words)}`,
            'Translate it: { column: ..., map: { theirs: ours } }.',
          );
        }
        return word;
      },
    };
  };
}
