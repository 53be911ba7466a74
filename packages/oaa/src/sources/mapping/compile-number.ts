import type { CompileContext, MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { compileText } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import type { ValueSpec } from './value-spec.ts';

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const integer = /^[+-]?\d+$/;

/** A decimal number, also with an exponent. One that would be changed by being written as a number is refused. */
export function compileNumber(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<number> {
  const { read, column } = compileText(spec, context, path);
  return {
    column,
    read: (row) => {
      const text = read(row);
      if (text === undefined) return undefined;
      const value = Number(text);
      if (!decimal.test(text) || !Number.isFinite(value)) {
        throw new Fault(
          'property-type',
          `${quoted(text)} is not a number.`,
          'Write it like 1234.5; or define the property as STRING.',
        );
      }
      if (integer.test(text) && !Number.isSafeInteger(value)) {
        throw new Fault(
          'property-type',
          `${quoted(text)} has more digits than a number holds.`,
          'Define the property as STRING.',
        );
      }
      return value;
    },
  };
}
