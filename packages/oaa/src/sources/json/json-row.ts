import type { Row } from '../row.ts';

/** What a JSON value is, for a message: `an object`, `a text`. */
export function kindOfJson(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    default:
      return 'true or false';
  }
}

/** A JSON value as a row; one that is no object has a fault. */
export function jsonRow(line: number, value: unknown): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { line, cells: value as Readonly<Record<string, unknown>> };
  }
  return { line, cells: {}, fault: `The row is ${kindOfJson(value)}; rows are objects.` };
}
