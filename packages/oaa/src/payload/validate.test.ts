import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { completePayload } from './application/test-payload.ts';
import type { Diagnostic } from './diagnostics.ts';
import { templateOf, validate } from './validate.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests put wrong values anywhere
function golden(name: string): any {
  const url = new URL(`../../../../test/fixtures/golden/python/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

function places(diagnostics: readonly Diagnostic[]) {
  return diagnostics.map(({ severity, code, path }) => [severity, code, path].join(' '));
}

describe('the template of a payload', () => {
  test.each([
    ['application', { applications: [] }],
    ['application', { identity_to_permissions: [] }],
    ['identity_provider', { name: 'x', idp_type: 'ldap' }],
    ['identity_provider', { domains: [] }],
    ['hris', { employees: [] }],
    ['entity_enrichment', { enriched_entities: [] }],
    ['file_system', { file_system_type: 'x' }],
    [undefined, { users: [] }],
    [undefined, JSON.parse('{"__proto__": {"applications": []}}')],
    [undefined, Object.create({ applications: [] })],
  ])('is %s for %j', (template, payload) => {
    expect(templateOf(payload)).toBe(template);
  });

  test('is taken as named, whatever the root keys are', () => {
    expect(places(validate({ users: [] }, { template: 'principal' }))).toStrictEqual(['warning not-validated $']);
    expect(places(validate({ users: [] }, { template: 'secret_store' }))).toStrictEqual(['warning not-validated $']);
    expect(places(validate(completePayload(), { template: 'application' }))).toStrictEqual([]);
    expect(places(validate({}, { template: 'constructor' as 'hris' }))).toStrictEqual(['warning not-validated $']);
  });

  test('that is unknown is an error that names the known ones', () => {
    const [diagnostic] = validate({ users: [], groups: [] });
    expect(diagnostic).toStrictEqual({
      severity: 'error',
      code: 'missing-key',
      path: '$.applications',
      message: 'The root keys of the payload (users, groups) belong to no known template.',
      hint: 'An application payload has "applications". For another template name it: application, identity_provider, hris, principal, secret_store, file_system, entity_enrichment.',
    });
    expect(validate({})[0]?.message).toContain('(none)');
  });
});

describe('payloads of other templates', () => {
  test.each(['generated_idp.json', 'custom_idp_simple.json', 'generated_hris.json'])(
    '%s is accepted, not validated',
    (name) => {
      expect(places(validate(golden(name)))).toStrictEqual(['warning not-validated $']);
    },
  );

  test.each([
    { enriched_entity_property_definitions: [], enriched_entities: [{ type: 'x', id: 'y', properties: {} }] },
    { file_system_type: 'x', server: {}, mounts: [] },
  ])('%j is accepted, not validated', (payload) => {
    expect(places(validate(payload))).toStrictEqual(['warning not-validated $']);
  });

  type Spoil = (payload: ReturnType<typeof golden>) => void;
  test.each<[string, string, Spoil, string]>([
    ['an unknown root key', 'generated_idp.json', (p) => Object.assign(p, { user: [] }), 'error unknown-key $.user'],
    ['a user without name', 'generated_idp.json', (p) => delete p.users[0].name, 'error missing-key $.users[0].name'],
    [
      'groups of texts',
      'generated_idp.json',
      (p) => Object.assign(p.users[0], { groups: ['x'] }),
      'error wrong-type $.users[0].groups[0]',
    ],
    ['no domains', 'generated_idp.json', (p) => delete p.domains, 'error missing-key $.domains'],
    [
      'an unknown property type',
      'generated_idp.json',
      (p) => Object.assign(p.custom_property_definition.user_properties, { x: 'TEXT' }),
      'error unknown-value $.custom_property_definition.user_properties.x',
    ],
    [
      'an employee without number',
      'generated_hris.json',
      (p) => delete p.employees[0].employee_number,
      'error missing-key $.employees[0].employee_number',
    ],
    [
      'a flag that is a text',
      'generated_hris.json',
      (p) => Object.assign(p.employees[0], { is_active: 'yes' }),
      'error wrong-type $.employees[0].is_active',
    ],
    [
      'an unknown identity provider',
      'generated_hris.json',
      (p) => Object.assign(p.system, { idp_providers: ['ldap'] }),
      'error unknown-value $.system.idp_providers[0]',
    ],
    [
      'employees that are none',
      'generated_hris.json',
      (p) => Object.assign(p, { employees: {} }),
      'error wrong-type $.employees',
    ],
  ])('with %s are refused', (_, name, spoil, problem) => {
    const payload = golden(name);
    spoil(payload);
    expect(places(validate(payload))).toStrictEqual([problem, 'warning not-validated $']);
  });
});

describe('what is validated', () => {
  test.each([undefined, null, true, 1, 'text', [], [{ applications: [] }], () => 1])(
    'may be anything: %o is no payload',
    (value) => {
      expect(places(validate(value))).toStrictEqual(['error not-an-object $']);
    },
  );

  test('may be anything that writes itself', () => {
    const text = JSON.stringify(completePayload());
    expect(validate({ jsonChunks: () => [text.slice(0, 100), text.slice(100)] })).toStrictEqual([]);
    expect(places(validate({ jsonChunks: () => ['{"applications": ['] }))).toStrictEqual(['error json-syntax $']);
    expect(places(validate({ jsonChunks: () => ['[]'] }))).toStrictEqual(['error not-an-object $']);
    expect(places(validate({ jsonChunks: () => [], toJSON: () => completePayload() }))).toStrictEqual([]);
  });

  test('may be larger than the tenant takes: then a warning says so', () => {
    const payload = completePayload();
    payload.applications[0].local_users[0].identities = Array(10).fill('x'.repeat(10_000_000));
    const [warning, ...others] = validate(payload);
    expect(others).toStrictEqual([]);
    expect(warning).toMatchObject({ severity: 'warning', code: 'payload-too-large', path: '$' });
    expect(warning?.message).toMatch(
      /^The payload is 100,00\d,\d{3} bytes of JSON; the tenant takes 100,000,000 in one push\.$/,
    );
  });

  test('and holds what JSON does not, is no payload', () => {
    const payload = completePayload();
    payload.applications[0].local_users[0].custom_properties.floor = 3n;
    expect(places(validate(payload))).toStrictEqual(['error wrong-type $']);
  });
});
