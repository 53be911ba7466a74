import { jsonColumn } from '../json/json-column.ts';
import type { Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { Fault } from './fault.ts';

type Compile<Spec, Value> = (spec: Spec, context: CompileContext, path: MappingPath) => Reader<Value>;

interface Setting {
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the row is of a JSON file, whose columns are not known beforehand. */
  readonly json?: boolean;
}

/**
 * The value that a spec reads from a row: the value, `fault: ...` for one that is refused, or the problems of the
 * mapping as a list. Warnings are put behind it.
 */
export function evaluate<Spec, Value>(
  compile: Compile<Spec, Value>,
  spec: Spec,
  record: Readonly<Record<string, unknown>>,
  { tables = {}, json = false }: Setting = {},
): unknown {
  const problems: string[] = [];
  const warnings: string[] = [];
  const names = Object.keys(record);
  const row: Row = { line: 2, cells: json ? record : (Object.values(record) as string[]) };
  const context: CompileContext = {
    source: {
      file: json ? 'rows.json' : 'rows.csv',
      columns: json ? undefined : names,
      column: (name) => {
        if (json) return jsonColumn(name);
        return names.includes(name) ? ({ cells }) => (cells as string[])[names.indexOf(name)] : undefined;
      },
    },
    delimiter: ',',
    tables: new Map(Object.entries(tables).map(([name, entries]) => [name, new Map(Object.entries(entries))])),
    problem: (_, message) => problems.push(message),
    report: (_, { message, column }) => warnings.push(`warning: ${column}: ${message}`),
  };
  const { read } = compile(spec, context, []);
  if (problems.length > 0) return problems;
  try {
    const value = read(row);
    return warnings.length > 0 ? [value, ...warnings] : value;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return `fault: ${error.message}`;
  }
}
