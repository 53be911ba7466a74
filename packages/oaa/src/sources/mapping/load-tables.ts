import type { DocumentPath } from '../../settings/positioned-document.ts';
import type { Mapping } from './mapping-schema.ts';
import { openFileSource } from './open-file-source.ts';

interface Problems {
  add(path: DocumentPath, message: string, hint?: string): void;
  catching<Value>(path: DocumentPath, work: () => Value | Promise<Value>): Promise<Value | undefined>;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : value === undefined || value === null ? '' : String(value);
}

/** Reads the lookup tables of a mapping. Keys are compared without regard to case; a doubled key is a problem. */
export async function loadTables(
  specs: NonNullable<Mapping['tables']>,
  folder: string,
  problems: Problems,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, spec] of Object.entries(specs)) {
    const at = ['tables', name];
    const table = new Map<string, string>();
    tables.set(name, table);
    await problems.catching([...at, 'file'], async () => {
      const source = await openFileSource(spec, folder);
      const key = source.column(spec.key);
      const value = source.column(spec.value);
      for (const [column, reader] of [
        ['key', key],
        ['value', value],
      ] as const) {
        if (reader === undefined)
          problems.add(
            [...at, column],
            `${source.file} has no column "${spec[column]}".`,
            `Columns are: ${source.columns?.join(', ') ?? ''}.`,
          );
      }
      if (key === undefined || value === undefined) {
        await source.close();
        return;
      }
      for await (const rows of source.batches()) {
        for (const row of rows) {
          const rowKey = textOf(key(row)).toLowerCase();
          const known = table.get(rowKey);
          const rowValue = textOf(value(row));
          if (row.fault !== undefined || rowKey === '')
            problems.add(at, `${source.file}:${row.line}: ${row.fault ?? 'The key is empty.'}`);
          else if (known !== undefined && known !== rowValue) {
            problems.add(at, `${source.file}:${row.line}: The key "${rowKey}" stands twice, with different values.`);
          } else table.set(rowKey, rowValue);
        }
      }
    });
  }
  return tables;
}
