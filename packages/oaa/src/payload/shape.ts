import { z } from 'zod';
import { didYouMean } from '../errors/nearest-name.ts';
import { type DiagnosticList, joinPath } from './diagnostics.ts';

type Issue = z.core.$ZodIssue;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const segment of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, segment)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[segment];
  }
  return current;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function withArticle(expected: string): string {
  if (expected === 'array') return 'a list';
  return expected === 'object' || expected === 'record' ? 'an object' : `a ${expected}`;
}

/** The keys that the schema knows at `path`, for suggestions. */
function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.core.$ZodType = schema;
  for (const segment of [...path, undefined]) {
    while (
      current instanceof z.ZodOptional ||
      current instanceof z.ZodNullable ||
      current instanceof z.ZodExactOptional
    ) {
      current = current.unwrap() as z.core.$ZodType;
    }
    if (segment === undefined) break;
    if (current instanceof z.ZodObject) current = current.shape[segment as string] ?? current;
    else if (current instanceof z.ZodArray) current = current.element as z.core.$ZodType;
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function report(list: DiagnosticList, schema: z.core.$ZodType, value: unknown, base: string, issue: Issue): void {
  const path = joinPath(base, ...issue.path);
  const name = String(issue.path.at(-1) ?? 'value');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, issue.path);
      for (const key of issue.keys) {
        list.error(
          'unknown-key',
          joinPath(path, key),
          `The key "${key}" is not known here; the tenant refuses payloads with unknown keys.${didYouMean(key, known)}`,
          known.length === 0 ? undefined : `Known keys: ${known.join(', ')}. Own data goes into custom_properties.`,
        );
      }
      return;
    }
    case 'invalid_value': {
      const actual = valueAt(value, issue.path);
      const known = issue.values.map(String);
      list.error(
        'unknown-value',
        path,
        `${JSON.stringify(actual) ?? 'Nothing'} is not a value of "${name}".${typeof actual === 'string' ? didYouMean(actual, known) : ''}`,
        `Values are: ${known.join(', ')}.`,
      );
      return;
    }
    case 'too_small':
      list.error('empty-value', path, `"${name}" must not be empty.`);
      return;
    case 'invalid_type': {
      const actual = valueAt(value, issue.path);
      if (actual === undefined) list.error('missing-key', path, `"${name}" is missing; it is required here.`);
      else if (actual === null) {
        list.error(
          'wrong-type',
          path,
          `"${name}" is null and should be ${withArticle(issue.expected)}.`,
          'Leave the key out.',
        );
      } else {
        list.error('wrong-type', path, `"${name}" is ${kindOf(actual)} and should be ${withArticle(issue.expected)}.`);
      }
      return;
    }
    default:
      list.error('wrong-type', path, `"${name}" does not fit: ${issue.message}.`);
  }
}

/** Reports where `value` differs from the schema's shape. Returns whether it fits. */
export function checkShape(list: DiagnosticList, schema: z.ZodType, value: unknown, path: string): boolean {
  const result = schema.safeParse(value);
  if (result.success) return true;
  for (const issue of result.error.issues) report(list, schema, value, path, issue);
  return false;
}
