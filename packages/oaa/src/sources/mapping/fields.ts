import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { guarded, type ItemContext } from './item-context.ts';
import type { ValueSpec } from './value-spec.ts';

/** A value of a wire object. */
export interface Field {
  readonly key: string;
  readonly read: (row: Row) => unknown;
}

/** One of the compilers of values. */
type Compile<Spec, Value> = (spec: Spec, context: ItemContext, path: MappingPath) => Reader<Value>;

/** A reader that reports its faults; undefined where the mapping says nothing. */
export function optionalReader<Spec, Value>(
  spec: Spec | undefined,
  compile: Compile<Spec, Value>,
  context: ItemContext,
  path: MappingPath,
): ((row: Row) => Value | undefined) | undefined {
  return spec === undefined ? undefined : guarded(context, compile(spec, context, path), path);
}

/** A field of the wire object; none where the mapping says nothing. */
export function field<Spec = ValueSpec, Value = unknown>(
  key: string,
  spec: Spec | undefined,
  compile: Compile<Spec, Value>,
  context: ItemContext,
  path: MappingPath,
): Field[] {
  const read = optionalReader(spec, compile, context, path);
  return read === undefined ? [] : [{ key, read }];
}

/** Adds the values of a row to its object, in the order of the fields; fields without a value are left out. */
export function readFields(fields: readonly Field[], row: Row, wire: Record<string, unknown>): void {
  for (const { key, read } of fields) {
    const value = read(row);
    if (value !== undefined) wire[key] = value;
  }
}
