import { type PropertyType, type PropertyValue, propertyProblem } from '../../payload/properties.ts';
import { compileBoolean } from './compile-boolean.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileNumber } from './compile-number.ts';
import type { Reader } from './compile-raw.ts';
import { compileText, compileTexts } from './compile-text.ts';
import { compileTimestamp } from './compile-timestamp.ts';
import { Fault } from './fault.ts';
import type { ValueSpec } from './value-spec.ts';

type Compile = (spec: ValueSpec, context: CompileContext, path: MappingPath) => Reader<PropertyValue>;

const compilers: Readonly<Record<PropertyType, Compile>> = {
  BOOLEAN: compileBoolean,
  NUMBER: compileNumber,
  STRING: compileText,
  STRING_LIST: compileTexts,
  TIMESTAMP: compileTimestamp,
};

/** A custom property's value, in the form that its definition asks for. */
export function compileProperty(
  type: PropertyType,
  spec: ValueSpec,
  context: CompileContext,
  path: MappingPath,
): Reader<PropertyValue> {
  const { read, column } = compilers[type](spec, context, path);
  return {
    column,
    read: (row) => {
      const value = read(row);
      const problem = value === undefined ? undefined : propertyProblem(type, value);
      if (problem !== undefined) throw new Fault(problem.code, `${problem.message}.`, 'Shorten it in the source.');
      return value;
    },
  };
}
