import { didYouMean } from '../../errors/nearest-name.ts';
import type { ColumnReader, Row, RowSource } from '../row.ts';
import { sourceDiagnostic } from '../source-problem.ts';
import type { MappingPath } from './compile-context.ts';
import { scalarText } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import type { MappingProblems } from './mapping-problems.ts';
import type { Mapping } from './mapping-schema.ts';
import { openFileSource } from './open-file-source.ts';

type TableSpec = NonNullable<Mapping['tables']>[string];

/** Reading of a table stops after so many bad rows. */
const badRowLimit = 100;

function findColumn(
  source: RowSource,
  name: string,
  path: MappingPath,
  problems: MappingProblems,
): ColumnReader | undefined {
  const reader = source.column(name);
  if (reader !== undefined) return reader;
  const known = source.columns ?? [];
  problems.add(
    path,
    `${source.file} has no column "${name}".${didYouMean(name, known)}`,
    `Columns are: ${known.join(', ')}.`,
  );
  return undefined;
}

/** @throws Fault for a row that cannot be entered */
function enter(table: Map<string, string>, row: Row, key: ColumnReader, value: ColumnReader): void {
  if (row.fault !== undefined) throw new Fault('row-shape', row.fault);
  const rowKey = scalarText(key(row));
  if (rowKey === undefined) throw new Fault('empty-value', 'The key is empty.', 'Fill it, or take the row out.');
  const rowValue = scalarText(value(row)) ?? '';
  const known = table.get(rowKey.toLowerCase());
  if (known !== undefined && known !== rowValue) {
    throw new Fault(
      'conflicting-row',
      `The key ${quoted(rowKey)} stands for ${quoted(known)} and for ${quoted(rowValue)}.`,
      'Case does not count. Take one of the rows out.',
    );
  }
  table.set(rowKey.toLowerCase(), rowValue);
}

async function readTable(
  source: RowSource,
  spec: TableSpec,
  path: MappingPath,
  problems: MappingProblems,
): Promise<Map<string, string>> {
  const table = new Map<string, string>();
  const key = findColumn(source, spec.key, [...path, 'key'], problems);
  const value = findColumn(source, spec.value, [...path, 'value'], problems);
  if (key === undefined || value === undefined) return table;
  let bad = 0;
  for await (const rows of source.batches()) {
    for (const row of rows) {
      try {
        enter(table, row, key, value);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const place = { file: source.file, row: row.line };
        problems.addAll([sourceDiagnostic(error.code, place, error.message, error.hint)]);
        bad += 1;
        if (bad >= badRowLimit) return table;
      }
    }
  }
  return table;
}

/** Reads the lookup tables of a mapping, whole. Keys are compared without regard to case; a doubled key is a problem. */
export async function loadTables(
  specs: NonNullable<Mapping['tables']>,
  folder: string,
  problems: MappingProblems,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, spec] of Object.entries(specs)) {
    const at = ['tables', name];
    const table = await problems.catching([...at, 'file'], async () => {
      const source = await openFileSource(spec, folder);
      try {
        return await readTable(source, spec, at, problems);
      } finally {
        source.close();
      }
    });
    tables.set(name, table ?? new Map());
  }
  return tables;
}
