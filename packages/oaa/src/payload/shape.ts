import { z } from 'zod';
import { type DiagnosticList, joinPath } from './diagnostics.ts';
import { showValue } from './show-value.ts';

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

/** The part of the schema at `path`, and whether it may be left out. */
function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): [part: z.core.$ZodType, optional: boolean] {
  let part = schema;
  let optional = false;
  for (const segment of [...path, undefined]) {
    optional = false;
    while (part instanceof z.ZodOptional || part instanceof z.ZodNullable) {
      optional ||= part instanceof z.ZodOptional;
      part = part.unwrap() as z.core.$ZodType;
    }
    if (segment === undefined) break;
    if (part instanceof z.ZodObject) part = part.shape[segment as string] ?? part;
    else if (part instanceof z.ZodArray) part = part.element as z.core.$ZodType;
  }
  return [part, optional];
}

/** What messages call the value at `path`: its key, with the places in lists that follow. */
function nameAt(base: string, path: readonly PropertyKey[]): string {
  const start = path.findLastIndex((segment) => typeof segment !== 'number');
  if (start < 0) return joinPath(base.slice(base.lastIndexOf('.') + 1), ...path);
  return joinPath(String(path[start]), ...path.slice(start + 1));
}

function reportType(
  list: DiagnosticList,
  path: string,
  name: string,
  expected: string,
  value: unknown,
  optional: boolean,
): void {
  if (value === undefined) {
    list.error('missing-key', path, `"${name}" is missing; it is required here.`);
    return;
  }
  const message = `"${name}" is ${kindOf(value)} and should be ${withArticle(expected)}.`;
  list.error(
    'wrong-type',
    path,
    message,
    value === null && optional ? 'Leave the key out when there is no value.' : undefined,
  );
}

function report(list: DiagnosticList, schema: z.core.$ZodType, value: unknown, base: string, issue: Issue): void {
  const path = joinPath(base, ...issue.path);
  const name = nameAt(base, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [part] = schemaAt(schema, issue.path);
      const known = part instanceof z.ZodObject ? Object.keys(part.shape) : [];
      for (const key of issue.keys) {
        list.error(
          'unknown-key',
          joinPath(path, key),
          `The key "${key}" is not known here; the tenant refuses payloads with unknown keys.${list.didYouMean(key, known)}`,
          `Known keys: ${known.join(', ')}. Own data goes into custom_properties.`,
        );
      }
      return;
    }
    case 'invalid_value': {
      const actual = valueAt(value, issue.path);
      if (actual === undefined) {
        reportType(list, path, name, 'string', actual, false);
        return;
      }
      const known = issue.values.map(String);
      list.error(
        'unknown-value',
        path,
        `${showValue(actual)} is not a value of "${name}".${typeof actual === 'string' ? list.didYouMean(actual, known) : ''}`,
        `Values are: ${known.join(', ')}.`,
      );
      return;
    }
    case 'too_small':
      list.error('empty-value', path, `"${name}" must not be empty.`);
      return;
    case 'invalid_type': {
      const [, optional] = schemaAt(schema, issue.path);
      reportType(list, path, name, issue.expected, valueAt(value, issue.path), optional);
      return;
    }
    default:
      list.error('wrong-type', path, `"${name}" does not fit: ${issue.message}.`);
  }
}

/** Reports where `value` differs from the schema's shape. Returns whether it fits. */
export function checkShape(list: DiagnosticList, schema: z.ZodType, value: unknown, path: () => string): boolean {
  const result = schema.safeParse(value);
  if (result.success) return true;
  // The path is only made when there is something to say about it.
  const base = path();
  for (const issue of result.error.issues) report(list, schema, value, base, issue);
  return false;
}
