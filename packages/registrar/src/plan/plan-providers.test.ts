import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tenant } from '@oaa-kit/oaa';
import nock from 'nock';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DeclaredProvider, Manifests } from '../manifest/declared-provider.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox/index.ts';
import { emptyState, rememberSecret } from '../state/index.ts';
import type { RegistrarState } from '../state/registrar-state.ts';
import { rememberedFields } from './assemble-plan/index.ts';
import { isEmptyPlan } from './is-empty-plan.ts';
import { readPlanFile, writePlanFile } from './plan-file.ts';
import { type PlanProvidersOptions, planProviders } from './plan-providers.ts';
import { renderPlan } from './render/index.ts';
import { declaredProvider, manifestsOf, remembered, scimProvider, secretAt } from './test-support.ts';

const tokenPath = 'configuration_json.scim_token';
const cheap = { n: 2, r: 1, p: 1 };

/** A sandbox and its client, until the test ends. */
async function start(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; tenant: Tenant }> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return { sandbox, tenant: new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey, retries: 0 }) };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plan-providers-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function plan(
  tenant: Tenant,
  manifests: Manifests,
  state: RegistrarState = emptyState(tenant.url),
  options: Partial<PlanProvidersOptions> = {},
) {
  const secrets = { env: { SCIM_TOKEN: 'canary-1' }, cwd: '/' };
  const now = () => new Date('2026-11-22T12:00:00.000Z');
  return planProviders({ tenant, manifests, state, secrets, allowDelete: false, now, ...options });
}

/** Makes a provider as it is declared, and the state that an apply would leave. */
async function register(tenant: Tenant, declared: DeclaredProvider, token: string): Promise<RegistrarState> {
  const { provisioning, external_lifecycle_management_type: type } = declared.fields;
  const configuration = { ...declared.configuration, scim_token: token };
  const made = await tenant.providers.create({
    name: declared.name,
    template: 'application',
    options: {
      provisioning,
      external_lifecycle_management_type: type,
      configuration_json: JSON.stringify(configuration),
    },
  });
  const secrets = [await rememberSecret(tokenPath, token, cheap)];
  const { key, name } = declared;
  const entry = remembered({ key, name, id: made.id, ...rememberedFields(declared, made.raw), secrets });
  return { ...emptyState(tenant.url), serial: 4, providers: [entry] };
}

describe('a plan of providers', () => {
  test('is empty when the tenant has what was sent and the state knows it', async () => {
    const { tenant } = await start();
    const declared = scimProvider();
    const state = await register(tenant, declared, 'canary-1');
    const result = await plan(tenant, manifestsOf(declared), state);
    expect(result).toMatchObject({
      format: 'oaa-registrar-plan',
      version: 1,
      createdAt: '2026-11-22T12:00:00.000Z',
      tenant: tenant.url,
      stateSerial: 4,
      allowDelete: false,
      problems: [],
      notes: [],
    });
    expect(isEmptyPlan(result)).toBe(true);
  });

  test('finds a secret that has changed, and does not have it or the old one', async () => {
    const { tenant } = await start();
    const declared = scimProvider();
    const state = await register(tenant, declared, 'canary-0');
    const result = await plan(tenant, manifestsOf(declared), state);
    expect(result.providers).toMatchObject([{ action: 'update', fields: [{ path: tokenPath, secret: 'changed' }] }]);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('tells whoever asks of the secrets that it read, so that they can be hidden', async () => {
    const { tenant } = await start();
    const seen: string[] = [];
    const providers = [scimProvider(), scimProvider({ name: 'Wiki' })];
    await plan(tenant, manifestsOf(...providers), undefined, { onSecret: (value) => seen.push(value) });
    expect(seen).toEqual(['canary-1']);
  });

  test('takes over what is there when it may, without a state', async () => {
    const { tenant } = await start();
    const declared = scimProvider({ adopt: true });
    await register(tenant, declared, 'canary-1');
    const result = await plan(tenant, manifestsOf(declared));
    expect(result.providers).toMatchObject([
      { action: 'update', adopts: true, fields: [{ path: tokenPath, secret: 'unknown' }] },
    ]);
    expect(isEmptyPlan(result)).toBe(false);
  });

  test('asks for the data sources where something hangs on them', async () => {
    const { sandbox, tenant } = await start();
    const { id } = await tenant.providers.create({ name: 'Portal', template: 'application' });
    await tenant.dataSources.create(id, { name: 'eu' });
    const dataSources = [
      { name: 'eu', absent: true },
      { name: 'us', absent: false },
    ];
    const declared = declaredProvider({ fields: {}, adopt: true, dataSources });
    const result = await plan(tenant, manifestsOf(declared));
    expect(result.providers[0]?.dataSources).toMatchObject([
      { action: 'delete', name: 'eu', id: expect.any(String) },
      { action: 'create', name: 'us' },
    ]);
    expect(sandbox.requests().filter(({ method }) => method !== 'GET').length).toBe(2);
  });

  test('names the data sources that a deletion takes along', async () => {
    const { tenant } = await start();
    const { id } = await tenant.providers.create({ name: 'Portal', template: 'application' });
    await tenant.dataSources.create(id, { name: 'eu' });
    const { providers } = await plan(tenant, manifestsOf(declaredProvider({ adopt: true, absent: true })));
    expect(providers).toMatchObject([
      { action: 'delete', reasons: ['declared absent', expect.stringContaining('leave the graph: "eu"')] },
    ]);
  });

  test('waits for a data source and a provider that the tenant is deleting', async () => {
    const { tenant } = await start({ deletionMs: 3_600_000 });
    const { id } = await tenant.providers.create({ name: 'Portal', template: 'application' });
    const { id: dataSourceId } = await tenant.dataSources.create(id, { name: 'eu' });
    await tenant.dataSources.delete(id, dataSourceId);
    const gone = await tenant.providers.create({ name: 'Wiki', template: 'application' });
    await tenant.providers.delete(gone.id);
    const dataSources = [{ name: 'eu', absent: false }];
    const portal = declaredProvider({ fields: {}, adopt: true, dataSources });
    const { providers } = await plan(tenant, manifestsOf(portal, declaredProvider({ name: 'Wiki' })));
    expect(providers).toMatchObject([
      {
        action: 'update',
        needsAllowDelete: false,
        dataSources: [{ action: 'delete', id: dataSourceId }, { action: 'create' }],
      },
      { action: 'create', assumes: { id: gone.id, state: 'DELETING' } },
    ]);
  });
});

describe('a provider that is remembered and not in the list', () => {
  const url = 'https://acme.vezacloud.com';
  const declared = declaredProvider({ fields: {} });
  const state = { ...emptyState(url), providers: [remembered()] };
  const path = '/api/v1/providers/custom';

  test.each([
    [
      'stays when its id is there',
      200,
      { value: { id: 'p-1', name: 'Portal', custom_template: 'application' } },
      'none',
    ],
    ['is made again when its id is gone', 404, { code: 'NotFound', message: 'no such provider' }, 'create'],
  ])('%s', async (_, status, body, action) => {
    onTestFinished(() => nock.cleanAll());
    const requests = nock(url).get(path).query(true).reply(200, { values: [], has_more: false });
    requests.get(`${path}/p-1`).reply(status, body);
    const result = await plan(new Tenant({ url, apiKey: 'key', retries: 0 }), manifestsOf(declared), state);
    expect(result.providers).toMatchObject([{ action }]);
    expect(requests.isDone()).toBe(true);
  });
});

test('500 providers are planned with one request per page and one for the data sources of each', async () => {
  const names = Array.from({ length: 500 }, (_, index) => `Provider ${index}`);
  const stateFile = join(await temporaryFolder(), 'sandbox.json');
  const made = { templates: ['application'], createdAt: '2026-11-22T12:00:00.000Z', settings: {} };
  const records = names.map((name, index) => ({ ...made, id: `id-${index}`, name }));
  await writeFile(stateFile, JSON.stringify({ version: 1, providers: records, dataSources: [] }));
  const { sandbox, tenant } = await start({ stateFile });
  const entries = names.map((name, index) => remembered({ key: name, name, id: `id-${index}` }));
  const state = { ...emptyState(tenant.url), providers: entries };
  const without = names.map((name) => declaredProvider({ name, fields: { provisioning: false } }));
  expect(isEmptyPlan(await plan(tenant, manifestsOf(...without), state))).toBe(true);
  expect(sandbox.requests()).toHaveLength(5);
  const dataSources = [{ name: 'eu', absent: false }];
  const { providers } = await plan(tenant, manifestsOf(...without.map((one) => ({ ...one, dataSources }))), state);
  expect(providers.filter(({ action }) => action === 'update')).toHaveLength(500);
  expect(sandbox.requests()).toHaveLength(5 + 5 + 500);
}, 120_000);

describe('secrets that cannot be used', () => {
  test('are problems of the plan, all of them, with their place and without their values', async () => {
    const { tenant } = await start();
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'blank.txt'), 'canary canary\n');
    const at = (reference: string) => [{ ...secretAt(tokenPath, reference), folder }];
    const references = ['env:MISSING', 'file:missing.txt', 'file:blank.txt', 'cmd:program --password canary'];
    const declared = references.map((reference, index) => scimProvider({ name: `P${index}`, secrets: at(reference) }));
    const result = await plan(tenant, manifestsOf(...declared, scimProvider({ absent: true, secrets: at('env:X') })));
    expect(result.problems.map(({ code, provider, message }) => [code, provider, message])).toEqual([
      [
        'secret-unreadable',
        'P0',
        `${tokenPath}: The environment variable MISSING of the reference env:MISSING is not set.`,
      ],
      ['secret-unreadable', 'P1', expect.stringContaining(`missing.txt cannot be read: there is no such file.`)],
      [
        'secret-unreadable',
        'P2',
        `${tokenPath}: What file:blank.txt gives holds blanks, line breaks or characters beyond ASCII (not shown).`,
      ],
      ['secret-unreadable', 'P3', expect.stringContaining('would run a program, which is not allowed here')],
    ]);
    for (const { place, hint } of result.problems) {
      expect([place, hint]).toEqual([secretAt(tokenPath).place, expect.stringMatching(/./)]);
    }
    expect(JSON.stringify(result.problems)).not.toContain('canary');
    expect(isEmptyPlan(result)).toBe(false);
  });

  test('that cannot be read are not said to be unknown where they are remembered', async () => {
    const { tenant } = await start();
    const state = await register(tenant, scimProvider(), 'canary-1');
    const result = await plan(tenant, manifestsOf(scimProvider({ secrets: [secretAt(tokenPath, 'env:GONE')] })), state);
    expect(result.problems).toMatchObject([{ code: 'secret-unreadable' }]);
    expect(result.providers).toMatchObject([{ action: 'update', fields: [{ path: tokenPath, secret: 'unreadable' }] }]);
    expect(result.notes).toEqual([
      `"Portal": ${tokenPath}: cannot be read here, so that nobody can say whether it is what the tenant has.`,
    ]);
    const file = join(await temporaryFolder(), 'plan.json');
    await writePlanFile(file, result);
    expect(JSON.stringify(await readPlanFile(file))).toBe(JSON.stringify(result));
    expect(renderPlan(result, (_, text) => text)).toContain(`~ ${tokenPath}: secret (cannot be read here)`);
  });

  test('a program runs once, however many providers use it', async () => {
    const { tenant } = await start();
    const folder = await temporaryFolder();
    const script = `require('node:fs').writeFileSync('run-' + process.pid, ''); console.log('token')`;
    await writeFile(join(folder, 'secret.cjs'), script);
    const secrets = [{ ...secretAt(tokenPath, `cmd:${process.execPath} secret.cjs`), folder }];
    const declared = ['a', 'b', 'c'].map((name) => scimProvider({ name, secrets }));
    const result = await plan(tenant, manifestsOf(...declared), undefined, {
      secrets: { env: {}, cwd: '/', allowCommands: true },
    });
    expect(result.problems).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.startsWith('run-'))).toHaveLength(1);
  });
});

describe('nothing is planned', () => {
  test('for a tenant that the manifest is not for', async () => {
    const { tenant } = await start();
    const place = { file: 'providers.yaml', row: 3, column: 8 };
    const manifests = { ...manifestsOf(), tenant: { url: 'other.vezacloud.com', place } };
    await expect(plan(tenant, manifests)).rejects.toMatchObject({
      exitCode: 2,
      message: `providers.yaml:3:8: the manifest is for the tenant https://other.vezacloud.com, and the tenant here is ${tenant.url}.`,
    });
    const same = { ...manifests, tenant: { url: `${tenant.url}/`, place } };
    expect(isEmptyPlan(await plan(tenant, same))).toBe(true);
  });

  test('with the state of another tenant', async () => {
    const { tenant } = await start();
    const state = emptyState('https://other.vezacloud.com');
    await expect(plan(tenant, manifestsOf(), state)).rejects.toMatchObject({ exitCode: 2 });
  });

  test('when the tenant refuses or does not answer', async () => {
    const { sandbox, tenant } = await start();
    sandbox.faults.schedule({ kind: 'forbidden' });
    await expect(plan(tenant, manifestsOf())).rejects.toMatchObject({ exitCode: 4 });
    sandbox.faults.schedule({ kind: 'cut-before' });
    await expect(plan(tenant, manifestsOf())).rejects.toMatchObject({ exitCode: 6 });
  });

  test('once it was stopped', async () => {
    const { tenant } = await start();
    const signal = AbortSignal.abort();
    await expect(plan(tenant, manifestsOf(), undefined, { signal })).rejects.toMatchObject({ code: 'aborted' });
  });
});
