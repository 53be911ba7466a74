import type { z } from 'zod';

type Values = Readonly<Record<string, unknown>>;

function without(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [first, ...rest] = path;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? without(item, rest, keys) : item));
  const entries = Object.entries(value as Values);
  return first === undefined
    ? Object.fromEntries(entries.filter(([key]) => !keys.includes(key)))
    : Object.fromEntries(entries.map(([key, item]) => [key, key === first ? without(item, rest, keys) : item]));
}

/**
 * A value as its schema reads it, without keys that the schema does not know: somebody who misspelt a key is told of
 * everything else that is wrong, too. Undefined when more is wrong with its shape.
 */
export function readShape<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> | undefined {
  const first = schema.safeParse(value);
  if (first.success) return first.data;
  let known = value;
  for (const issue of first.error.issues) {
    if (issue.code !== 'unrecognized_keys') return undefined;
    known = without(known, issue.path, issue.keys);
  }
  return schema.safeParse(known).data;
}
