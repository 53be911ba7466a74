import type { Provider } from '@oaa-kit/oaa';
import { expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

function provider(raw: Readonly<Record<string, unknown>>): Provider {
  const known = { id: '1', name: 'a', state: 'ENABLED', templates: [] };
  return { ...known, provisioning: undefined, externalLifecycleManagementType: undefined, raw };
}

const base = { id: '1', provisioning: true, configuration_json: '{"a":1,"b":[]}', application_types: [] };

test.each([
  ['the order of keys', { configuration_json: '{"b":[],"a":1}', provisioning: true, id: '1' }],
  ['types that a push brings', { ...base, application_types: ['portal'], schema_definition_json: 'e30=' }],
  ['the state', { ...base, state: 'DISABLED' }],
  ['times', { ...base, updated_at: '2026-11-22T12:00:00Z' }],
])('%s does not change a fingerprint', (_, raw) => {
  expect(fingerprintOf(provider(raw))).toBe(fingerprintOf(provider(base)));
});

test.each([
  ['another value', { ...base, provisioning: false }],
  ['a field more', { ...base, push_type: 0 }],
  ['another configuration', { ...base, configuration_json: '{"a":1,"b":{}}' }],
  ['a configuration that cannot be read', { ...base, configuration_json: '(secret)' }],
])('%s changes a fingerprint', (_, raw) => {
  expect(fingerprintOf(provider(raw))).not.toBe(fingerprintOf(provider(base)));
});

test('a fingerprint is a SHA-256 in hex', () => {
  expect(fingerprintOf(provider(base))).toMatch(/^[0-9a-f]{64}$/);
});
