import { didYouMean } from '../../errors/nearest-name.ts';
import type { Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import type { FullSpec } from './compile-raw.ts';
import { Fault, quoted } from './fault.ts';
import { mappingPath } from './run-problems.ts';

/** Replaces one text; undefined when nothing is left. @throws Fault */
type Replace = (text: string, row: Row) => unknown;

function compileLookup(
  spec: FullSpec,
  column: string | undefined,
  context: CompileContext,
  path: MappingPath,
): Replace | undefined {
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
  const where = mappingPath(path);
  return (text, row) => {
    const found = table.get(text.toLowerCase());
    if (found !== undefined) return found;
    if (lookup.unknown === 'keep') return text;
    if (lookup.unknown === 'empty') return undefined;
    const message = `The table "${lookup.table}" has no entry for ${quoted(text)}.`;
    if (lookup.unknown === 'error') {
      throw new Fault(
        'lookup-miss',
        message,
        'Add it to the table, or say lookup: { unknown: keep }, warning or empty.',
      );
    }
    context.report(row, {
      severity: 'warning',
      code: 'lookup-miss',
      column,
      path: where,
      message,
      hint: 'The value is left out.',
    });
    return undefined;
  };
}

/** The inline map, then the lookup table; undefined where the spec has neither. */
export function compileReplace(
  spec: FullSpec,
  column: string | undefined,
  context: CompileContext,
  path: MappingPath,
): Replace | undefined {
  const lookup = compileLookup(spec, column, context, path);
  if (spec.map === undefined) return lookup;
  const map = new Map<string, unknown>(Object.entries(spec.map).map(([key, to]) => [key.trim().toLowerCase(), to]));
  return (text, row) => {
    const mapped = map.get(text.toLowerCase());
    return mapped === undefined ? (lookup === undefined ? text : lookup(text, row)) : mapped;
  };
}
