import { isObject } from '../json.ts';

function sortedKeys(_key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The JSON text of a value with the keys of its objects in order: equal values give equal texts. */
export function canonicalText(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value, sortedKeys)
    : JSON.stringify(value ?? null);
}
