import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyName } from './property-name.ts';

test.each([
  ['department', undefined, 'department'],
  ['employeeNumber', undefined, 'employee_number'],
  ['cost-center', undefined, 'cost_center'],
  ['cost_center', undefined, 'cost_center'],
  ['SAMLId', undefined, 'saml_id'],
  ['costCenter2', undefined, 'cost_center_two'],
  ['line10', undefined, 'line_one_zero'],
  ['mfa2FA', undefined, 'mfa_two_fa'],
  ['manager', 'value', 'manager'],
  ['manager', 'displayName', 'manager_display_name'],
  ['constructor', undefined, 'constructor'],
  ['__proto__', undefined, 'proto'],
])('%s with sub-attribute %s is called %s', (attribute, sub, name) => {
  expect(propertyName(attribute, sub)).toBe(name);
});

test('every name that an attribute can have gives one that the tenant takes', () => {
  const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
  fc.assert(fc.property(names, (name) => /^[a-z][a-z_]*$/.test(propertyName(name))));
});
