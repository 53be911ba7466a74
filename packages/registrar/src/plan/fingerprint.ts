import { createHash } from 'node:crypto';
import type { Provider } from '@oaa-kit/oaa';
import { isRecord } from '../json.ts';
import { tenantFields } from '../manifest/tenant-fields.ts';
import { shownConfiguration } from './assemble-plan/index.ts';

/** The state is compared by itself. */
const volatile: ReadonlySet<string> = new Set(tenantFields);

function isVolatile(field: string): boolean {
  return volatile.has(field) || field.endsWith('_at');
}

/** The value with the keys of all objects in one order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}

/**
 * SHA-256 in hex of what the tenant shows of a provider, its secrets redacted, without what pushes change: the same as
 * long as nobody else changes the provider. The order of keys says nothing.
 */
export function fingerprintOf({ raw }: Provider): string {
  const fields = Object.entries(raw).filter(([field]) => !isVolatile(field));
  const readable = {
    ...Object.fromEntries(fields),
    configuration_json: shownConfiguration(raw) ?? raw.configuration_json,
  };
  return createHash('sha256')
    .update(JSON.stringify(ordered(readable)))
    .digest('hex');
}
