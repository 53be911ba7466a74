import type { Diagnostic, FieldViolation } from '@oaa-kit/oaa';
import { shorten } from './text.ts';

/** How many violations one answer lists. */
export const maximumViolations = 50;

const segment = /\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/g;

/** The names and indexes in a JSONPath of a diagnostic: `$.a['b c'][0]` has `a`, `b c` and 0. */
export function pathSegments(path: string): (string | number)[] {
  return Array.from(path.matchAll(segment), ([, plain, index, quoted]) =>
    index === undefined ? (plain ?? (quoted as string).replace(/\\(.)/g, '$1')) : Number(index),
  );
}

function valueAt(document: unknown, segments: readonly (string | number)[]): unknown {
  let value = document;
  for (const name of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  return value;
}

function violation(diagnostic: Diagnostic, payload: unknown): FieldViolation {
  const segments = pathSegments(diagnostic.path);
  const names = segments.filter((name) => typeof name === 'string');
  const value = valueAt(payload, segments);
  const shown =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? `${names.at(-1) ?? 'value'}: ${shorten(String(value), 100)}, at: ${shorten(diagnostic.path, 200)}`
      : `at: ${shorten(diagnostic.path, 200)}`;
  return {
    field: shorten(names.join('.'), 200) || 'json_data',
    description: `${shorten(diagnostic.message.replace(/\.$/, ''), 500)} (${shown})`,
  };
}

/**
 * The errors among `diagnostics` as the tenant words them: a dotted path without array indexes, and a sentence that
 * names the offending value in brackets. At most 50 are listed.
 */
export function payloadViolations(diagnostics: readonly Diagnostic[], payload: unknown): FieldViolation[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .slice(0, maximumViolations)
    .map((diagnostic) => violation(diagnostic, payload));
}
