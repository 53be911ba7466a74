import { describe, expect, test } from 'vitest';
import type { DeclaredProvider } from '../../manifest/declared-provider.ts';
import type { RememberedProvider } from '../../state/registrar-state.ts';
import {
  declaredProvider,
  planOf,
  remembered,
  rememberedSecret,
  scimProvider,
  scimUrl,
  secretAt,
  stateOf,
  tenantProvider,
} from '../test-support.ts';

const tokenPath = 'configuration_json.scim_token';
const configuration = (keys: Readonly<Record<string, unknown>>): { configuration_json: string } => ({
  configuration_json: JSON.stringify(keys),
});

interface Case {
  readonly declared: DeclaredProvider;
  readonly shown?: Readonly<Record<string, unknown>>;
  readonly memory?: Partial<RememberedProvider>;
  readonly secrets?: Readonly<Record<string, 'unchanged' | 'changed' | 'unknown'>>;
}

/** What is planned for a provider that is there. */
function compare({ declared, shown = {}, memory = {}, secrets = {} }: Case) {
  const plan = planOf([declared], {
    state: stateOf(remembered(memory)),
    providers: [tenantProvider(shown)],
    secrets: new Map([[declared.key, new Map(Object.entries(secrets))]]),
  });
  const [planned] = plan.providers;
  if (planned === undefined) throw new Error('nothing was planned');
  return { ...planned, notes: plan.notes };
}

const scim = { external_lifecycle_management_type: 'SCIM' };
/** What the state has after the client's example was applied. */
const sentScim = {
  sent: { provisioning: true, ...scim, 'configuration_json.scim_url': scimUrl },
  secrets: [rememberedSecret(tokenPath)],
};
const shownScim = { ...scim, ...configuration({ scim_url: scimUrl, scim_token: '(secret)' }) };
const known = { [tokenPath]: 'unchanged' } as const;

describe('fields', () => {
  test('that are shown as declared are no difference', () => {
    expect(compare({ declared: declaredProvider() })).toMatchObject({ action: 'none', fields: [] });
  });

  test('that differ are listed, and no others', () => {
    const declared = declaredProvider({ fields: { provisioning: false, push_type: 1, internal_app_name: 'portal' } });
    expect(compare({ declared, shown: { internal_app_name: 'portal' } })).toMatchObject({
      action: 'update',
      fields: [
        { path: 'provisioning', before: true, after: false },
        { path: 'push_type', after: 1 },
      ],
    });
  });

  test('that the manifest does not name are left alone', () => {
    expect(compare({ declared: declaredProvider({ fields: {} }), shown: { provisioning: true } }).action).toBe('none');
  });

  test('in which only the order of keys differs are no difference', () => {
    const declared = declaredProvider({ fields: { csv_mapping_configuration: { a: 1, b: [{ c: 1, d: 2 }] } } });
    expect(compare({ declared, shown: { csv_mapping_configuration: { b: [{ d: 2, c: 1 }], a: 1 } } }).action).toBe(
      'none',
    );
  });

  test('in which a list has another order differ', () => {
    const declared = declaredProvider({ fields: { csv_mapping_configuration: { a: [1, 2] } } });
    expect(compare({ declared, shown: { csv_mapping_configuration: { a: [2, 1] } } }).fields).toHaveLength(1);
  });

  test('that the tenant answers in its own form are no difference as long as it answers the same', () => {
    const declared = declaredProvider({ fields: scim });
    const memory = { sent: scim, answered: { external_lifecycle_management_type: 2 } };
    const shown = (type: unknown) => ({ external_lifecycle_management_type: type });
    expect(compare({ declared, memory, shown: shown(2) }).action).toBe('none');
    expect(compare({ declared, memory, shown: shown(1) }).fields).toEqual([
      { path: 'external_lifecycle_management_type', before: 1, after: 'SCIM' },
    ]);
  });

  test('that the tenant answers in its own form differ when something else is declared', () => {
    const declared = declaredProvider({ fields: { external_lifecycle_management_type: 'SEND_REST_PAYLOAD' } });
    const memory = { sent: scim, answered: { external_lifecycle_management_type: 2 } };
    expect(compare({ declared, memory, shown: { external_lifecycle_management_type: 2 } }).fields).toHaveLength(1);
  });

  test('that were sent once and left the manifest are kept by the tenant, and the plan says so', () => {
    const memory = { sent: { name: 'Portal', custom_template: 'application', provisioning: true }, iconSha256: 'a' };
    const { action, notes } = compare({ declared: declaredProvider({ fields: {} }), memory });
    expect(action).toBe('none');
    expect(notes).toEqual(['"Portal": icon, provisioning: no longer in the manifest; the tenant keeps what it has.']);
  });
});

describe('configuration_json', () => {
  test('as it was sent is no difference, in whatever order', () => {
    const shown = { ...scim, ...configuration({ scim_token: '(secret)', scim_url: scimUrl }) };
    for (const memory of [sentScim, { secrets: sentScim.secrets }]) {
      expect(compare({ declared: scimProvider(), shown, memory, secrets: known }).action).toBe('none');
    }
  });

  test('is compared key by key, and what the manifest does not have is taken out', () => {
    const declared = scimProvider({ configuration: { scim_url: `${scimUrl}/`, scim_extension_schemas: true } });
    const shown = {
      ...scim,
      ...configuration({ scim_url: scimUrl, scim_token: '(secret)', users_endpoint: 'People' }),
    };
    expect(compare({ declared, shown, memory: sentScim, secrets: known })).toMatchObject({
      action: 'update',
      checksEndpoint: true,
      fields: [
        { path: 'configuration_json.scim_url', before: scimUrl, after: `${scimUrl}/` },
        { path: 'configuration_json.scim_extension_schemas', after: true },
        { path: 'configuration_json.users_endpoint', before: 'People' },
      ],
    });
  });

  test.each([
    ['is not shown', {}],
    ['is shown as nothing', { configuration_json: '' }],
    ['is shown as null', { configuration_json: null }],
    ['is shown as a mark', { configuration_json: '(secret)' }],
    ['is shown as something that is no JSON', { configuration_json: '{' }],
    ['is shown as a list', { configuration_json: '[1]' }],
  ])('that %s is no difference once that was its answer, and all is one before', (_, shown) => {
    const answered = { 'configuration_json.scim_url': null, [tokenPath]: null };
    const memory = { ...sentScim, answered };
    const all = { ...scim, ...shown };
    expect(compare({ declared: scimProvider(), shown: all, memory, secrets: known }).action).toBe('none');
    expect(compare({ declared: scimProvider(), shown: all, secrets: { [tokenPath]: 'unknown' } }).fields).toEqual([
      { path: 'configuration_json.scim_url', after: scimUrl },
      { path: tokenPath, secret: 'new' },
    ]);
  });

  test('is read when the tenant shows it as an object', () => {
    const shown = { ...scim, configuration_json: { scim_url: scimUrl, scim_token: '(secret)' } };
    expect(compare({ declared: scimProvider(), shown, memory: sentScim, secrets: known }).action).toBe('none');
  });

  test('to which the tenant adds defaults is no difference once that was its answer', () => {
    const shown = { ...scim, ...configuration({ scim_url: scimUrl, scim_token: '(secret)', users_endpoint: 'Users' }) };
    const memory = { ...sentScim, answered: { 'configuration_json.users_endpoint': 'Users' } };
    expect(compare({ declared: scimProvider(), shown, memory, secrets: known }).action).toBe('none');
    expect(compare({ declared: scimProvider(), shown, memory: sentScim, secrets: known }).fields).toEqual([
      { path: 'configuration_json.users_endpoint', before: 'Users' },
    ]);
  });

  test('loses a key that left the manifest, even on a tenant that never shows it', () => {
    const memory = {
      sent: { ...sentScim.sent, 'configuration_json.users_endpoint': 'People' },
      answered: { 'configuration_json.users_endpoint': null, 'configuration_json.scim_url': null, [tokenPath]: null },
      secrets: sentScim.secrets,
    };
    expect(compare({ declared: scimProvider(), shown: scim, memory, secrets: known }).fields).toEqual([
      { path: 'configuration_json.users_endpoint' },
    ]);
  });

  test('loses a secret that left the manifest, shown or not', () => {
    const passwordPath = 'configuration_json.password';
    const secrets = [rememberedSecret(tokenPath), rememberedSecret(passwordPath)];
    const hidden = { 'configuration_json.scim_url': null, [tokenPath]: null, [passwordPath]: null };
    expect(
      compare({
        declared: scimProvider(),
        shown: scim,
        memory: { ...sentScim, secrets, answered: hidden },
        secrets: known,
      }).fields,
    ).toEqual([{ path: passwordPath }]);
    const shown = { ...scim, ...configuration({ scim_url: scimUrl, scim_token: '(secret)', password: 'hunter2' }) };
    expect(
      compare({ declared: scimProvider(), shown, memory: { ...sentScim, secrets }, secrets: known }).fields,
    ).toEqual([{ path: passwordPath, before: '(secret)' }]);
  });

  test('that left the manifest as a whole is kept by the tenant, and the plan says so', () => {
    const declared = declaredProvider({ fields: { provisioning: true, ...scim } });
    const { action, notes } = compare({ declared, shown: shownScim, memory: sentScim });
    expect(action).toBe('none');
    expect(notes).toEqual(['"Portal": configuration_json: no longer in the manifest; the tenant keeps what it has.']);
  });

  test('cannot reach into prototypes', () => {
    const shown = {
      ...scim,
      configuration_json: '{"__proto__":{"scim_url":"x"},"scim_token":"(secret)","constructor":1}',
    };
    expect(compare({ declared: scimProvider(), shown, memory: sentScim, secrets: known }).fields).toEqual([
      { path: 'configuration_json.scim_url', after: scimUrl },
      { path: 'configuration_json.__proto__', before: { scim_url: 'x' } },
      { path: 'configuration_json.constructor', before: 1 },
    ]);
  });
});

describe('secrets', () => {
  const declared = scimProvider();

  test.each([
    ['changed', { memory: sentScim, shown: shownScim, secrets: { [tokenPath]: 'changed' } }, 'changed'],
    ['unknown without a memory of it', { shown: shownScim, secrets: { [tokenPath]: 'unknown' } }, 'unknown'],
    [
      'new where the tenant shows a configuration without it',
      { shown: { ...scim, ...configuration({ scim_url: scimUrl }) }, secrets: { [tokenPath]: 'unknown' } },
      'new',
    ],
    [
      'new when somebody took it out',
      { memory: sentScim, shown: { ...scim, ...configuration({ scim_url: scimUrl }) }, secrets: known },
      'new',
    ],
    [
      'new when somebody emptied it',
      {
        memory: sentScim,
        shown: { ...scim, ...configuration({ scim_url: scimUrl, scim_token: '' }) },
        secrets: known,
      },
      'new',
    ],
  ] as const)('are %s', (_, facts, secret) => {
    expect(compare({ declared, ...facts })).toMatchObject({
      action: 'update',
      checksEndpoint: true,
      fields: [{ path: tokenPath, secret }],
    });
  });

  test('of an adopted provider are unknown, and the plan says that they would be sent', () => {
    const plan = planOf([scimProvider({ adopt: true })], { providers: [tenantProvider(scim)] });
    expect(plan.providers[0]?.fields).toEqual([
      { path: 'configuration_json.scim_url', after: scimUrl },
      { path: tokenPath, secret: 'unknown' },
    ]);
    expect(plan.notes).toEqual([
      `"Portal": ${tokenPath}: nothing is remembered of what the tenant has, so it would be sent.`,
    ]);
  });

  test('that the tenant shows in the clear do not get into the plan', () => {
    const path = 'configuration_json.username';
    const shown = { ...scim, ...configuration({ scim_url: scimUrl, scim_token: '(secret)', username: 'canary' }) };
    const withName = scimProvider({ secrets: [secretAt(tokenPath), secretAt(path)] });
    const asSecret = compare({ declared: withName, shown, memory: sentScim, secrets: { ...known, [path]: 'unknown' } });
    expect(asSecret.fields).toEqual([{ path, secret: 'unknown' }]);
    const wasSecret = { ...sentScim, secrets: [...sentScim.secrets, rememberedSecret(path)] };
    const removed = compare({ declared, shown, memory: wasSecret, secrets: known });
    expect(removed.fields).toEqual([{ path, before: '(secret)' }]);
    expect(JSON.stringify([asSecret, removed])).not.toContain('canary');
  });

  test('inside objects are compared apart from what is around them', () => {
    const path = 'configuration_json.headers.x-app';
    const nested = scimProvider({
      configuration: { scim_url: scimUrl, headers: { accept: 'json' } },
      secrets: [secretAt(path)],
    });
    const memory = { secrets: [rememberedSecret(path)] };
    const shown = (headers: unknown) => ({ ...scim, ...configuration({ scim_url: scimUrl, headers }) });
    const fieldsFor = (headers: unknown, secret: 'unchanged' | 'changed' | 'unknown') =>
      compare({ declared: nested, memory, shown: shown(headers), secrets: { [path]: secret } }).fields;
    expect(fieldsFor({ 'x-app': 'canary', accept: 'json' }, 'unchanged')).toEqual([]);
    expect(fieldsFor({ 'x-app': 'canary', accept: 'json' }, 'changed')).toEqual([{ path, secret: 'changed' }]);
    expect(fieldsFor({ 'x-app': 'canary', accept: 'json' }, 'unknown')).toEqual([{ path, secret: 'unknown' }]);
    expect(fieldsFor({ 'x-app': 'canary', accept: 'xml' }, 'unchanged')).toEqual([
      {
        path: 'configuration_json.headers',
        before: { accept: 'xml', 'x-app': '(secret)' },
        after: { accept: 'json', 'x-app': '(secret)' },
      },
    ]);
    expect(fieldsFor({ accept: 'json' }, 'unchanged')).toEqual([
      {
        path: 'configuration_json.headers',
        before: { accept: 'json' },
        after: { accept: 'json', 'x-app': '(secret)' },
      },
    ]);
  });

  test('beside configuration_json are compared in their own fields', () => {
    const outside = declaredProvider({ fields: {}, secrets: [secretAt('agent_key')] });
    const memory = { secrets: [rememberedSecret('agent_key')] };
    const fieldsFor = (shown: Readonly<Record<string, unknown>>, secret: 'unchanged' | 'changed') =>
      compare({ declared: outside, memory, shown, secrets: { agent_key: secret } }).fields;
    expect(fieldsFor({ agent_key: 'canary' }, 'unchanged')).toEqual([]);
    expect(fieldsFor({}, 'unchanged')).toEqual([{ path: 'agent_key', secret: 'new' }]);
    expect(fieldsFor({ agent_key: 'canary' }, 'changed')).toEqual([{ path: 'agent_key', secret: 'changed' }]);
  });
});

describe('a new provider', () => {
  test('gets all that is declared, every secret new', () => {
    const icon = { file: '/manifests/icon.png', sha256: 'b'.repeat(64) };
    const [planned] = planOf([scimProvider({ icon })]).providers;
    expect(planned).toMatchObject({ action: 'create', checksEndpoint: true, needsAllowDelete: false });
    expect(planned?.fields).toEqual([
      { path: 'name', after: 'Portal' },
      { path: 'custom_template', after: 'application' },
      { path: 'provisioning', after: true },
      { path: 'external_lifecycle_management_type', after: 'SCIM' },
      { path: 'configuration_json.scim_url', after: scimUrl },
      { path: tokenPath, secret: 'new' },
      { path: 'icon', after: 'b'.repeat(64) },
    ]);
  });

  test('of several payload templates gets them as a list', () => {
    const [planned] = planOf([declaredProvider({ fields: {}, templates: ['application', 'principal'] })]).providers;
    expect(planned?.fields[1]).toEqual({ path: 'custom_templates', after: ['application', 'principal'] });
  });
});

describe('the icon', () => {
  const declared = declaredProvider({ icon: { file: '/manifests/icon.png', sha256: 'b'.repeat(64) } });

  test('is a difference unless the same one was sent', () => {
    expect(compare({ declared, memory: { iconSha256: 'b'.repeat(64) } }).action).toBe('none');
    expect(compare({ declared, memory: { iconSha256: 'a'.repeat(64) } }).fields).toEqual([
      { path: 'icon', before: 'a'.repeat(64), after: 'b'.repeat(64) },
    ]);
    expect(compare({ declared }).fields).toEqual([{ path: 'icon', after: 'b'.repeat(64) }]);
  });

  test('has nothing to do with the endpoint', () => {
    const withIcon = scimProvider({ icon: declared.icon });
    const facts = { declared: withIcon, shown: shownScim, memory: sentScim, secrets: known };
    expect(compare(facts)).toMatchObject({ action: 'update', checksEndpoint: false });
  });
});

test('a provider that the tenant has disabled is compared like others, and the plan says so', () => {
  const { action, notes } = compare({ declared: declaredProvider(), shown: { state: 'DISABLED' } });
  expect(action).toBe('none');
  expect(notes).toEqual(['"Portal": the tenant has it disabled, and it stays so.']);
});

test('provisioning that is switched on again lets the endpoint be checked', () => {
  const facts = { declared: scimProvider(), shown: { ...shownScim, provisioning: false }, memory: sentScim };
  expect(compare({ ...facts, secrets: known })).toMatchObject({ action: 'update', checksEndpoint: true });
});
