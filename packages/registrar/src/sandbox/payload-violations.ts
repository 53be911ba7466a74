import type { Diagnostic, FieldViolation } from '@oaa-kit/oaa';
import { pathSegments, valueAt } from './payload-path.ts';
import { shorten } from './text.ts';

/** How many violations one answer lists. */
export const maximumViolations = 50;

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
