import type { ColumnReader } from '../row.ts';

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  if (Array.isArray(value) && key === 'length') return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/**
 * Reads a column of objects: the key of exactly this name, else a path with dots into nested objects and lists
 * (`manager.email`, `emails.0.value`). Only own properties count.
 */
export function jsonColumn(name: string): ColumnReader {
  if (!name.includes('.')) return (row) => own(row.cells, name);
  const path = name.split('.');
  return (row) => {
    if (Object.hasOwn(row.cells, name)) return own(row.cells, name);
    let value: unknown = row.cells;
    for (const key of path) value = own(value, key);
    return value;
  };
}
