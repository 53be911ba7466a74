import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tenant } from '@oaa-kit/oaa';
import nock from 'nock';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EndpointCheck } from './apply/index.ts';
import { applyPlan, memoryState } from './apply/index.ts';
import { checkReport, passing, startRegistry } from './apply/test-support.ts';
import { readManifests } from './manifest/index.ts';
import { planProviders } from './plan/index.ts';
import { registerScimProvider } from './register.ts';

const tenLines = `name: MyCustomApp
custom_template: application
provisioning: true
external_lifecycle_management_type: SCIM
configuration:
  scim_url: https://api.myapp.com/scim/v2
  scim_token: env:SCIM_TOKEN
`;

/** Body of the curl command in: OAA with SCIM Lifecycle Management, Create Custom Provider with External SCIM. */
const curlBody = {
  name: 'MyCustomApp',
  custom_template: 'application',
  provisioning: true,
  external_lifecycle_management_type: 'SCIM',
  configuration_json: '{"scim_url":"https://api.myapp.com/scim/v2","scim_token":"your-bearer-token"}',
};

const secretCost = { n: 2, r: 1, p: 1 };

describe('the request of the curl example', () => {
  const host = 'https://acme.vezacloud.com';
  const path = '/api/v1/providers/custom';

  /** A tenant that is empty, and takes one creation. */
  function mockTenant(): { readonly bodies: Record<string, unknown>[]; readonly headers: Headers[] } {
    const bodies: Record<string, unknown>[] = [];
    const headers: Headers[] = [];
    nock.disableNetConnect();
    onTestFinished(() => {
      nock.cleanAll();
      nock.enableNetConnect();
    });
    const made = { id: 'p1', ...curlBody, configuration_json: '', state: 'ENABLED' };
    const answer = (): object => ({ values: bodies.length === 0 ? [] : [made], has_more: false });
    nock(host)
      .persist()
      .get(path)
      .query(true)
      .reply(() => [200, answer()] as const);
    nock(host).get(`${path}/p1`).optionally().reply(200, { value: made });
    nock(host)
      .post(path)
      .reply(async (request: Request) => {
        bodies.push((await request.json()) as Record<string, unknown>);
        headers.push(request.headers);
        return [200, { value: made }] as const;
      });
    return { bodies, headers };
  }

  function expectCurl(bodies: readonly Record<string, unknown>[]): void {
    expect(bodies).toHaveLength(1);
    const [{ configuration_json: text, ...rest } = {}] = bodies;
    const { configuration_json: wanted, ...others } = curlBody;
    expect(rest).toStrictEqual(others);
    expect(JSON.parse(String(text))).toStrictEqual(JSON.parse(wanted));
  }

  test('is what a manifest of seven lines sends', async () => {
    const { bodies, headers } = mockTenant();
    const tenant = new Tenant({ url: host, apiKey: 'api-key' });
    const state = memoryState(tenant.url);
    const secrets = { env: { SCIM_TOKEN: 'your-bearer-token' }, cwd: process.cwd() };
    const manifests = await readManifests([{ file: 'provider.yaml', text: tenLines }]);
    const now = (): Date => new Date();
    const plan = await planProviders({ tenant, manifests, state: state.state, secrets, allowDelete: false, now });
    await applyPlan({ plan, tenant, state, secrets, check: passing, secretCost });
    expectCurl(bodies);
    expect(headers[0]?.get('authorization')).toBe('Bearer api-key');
    expect(headers[0]?.get('content-type')).toBe('application/json');
  });

  test('is what five lines of TypeScript send', async () => {
    const { bodies } = mockTenant();
    const tenant = new Tenant({ url: host, apiKey: 'api-key' });
    const scimUrl = 'https://api.myapp.com/scim/v2';
    const token = 'your-bearer-token';
    await registerScimProvider({ tenant, name: 'MyCustomApp', scimUrl, token, check: passing, secretCost });
    expectCurl(bodies);
  });
});

describe('registerScimProvider', () => {
  const scimUrl = 'https://api.myapp.com/scim/v2';

  async function fixture() {
    const { sandbox, tenant } = await startRegistry();
    const folder = await mkdtemp(join(tmpdir(), 'register-'));
    const stateFile = join(folder, 'state.json');
    const common = { tenant, name: 'Portal', scimUrl, check: passing, secretCost, stateFile };
    return { sandbox, folder, common };
  }

  test('makes the provider once, and changes nothing when it is called again', async () => {
    const { sandbox, common } = await fixture();
    const options = { ...common, token: 'abc', dataSources: ['portal-eu'] };
    const first = await registerScimProvider(options);
    expect([first.changed, first.check, first.provider.name]).toStrictEqual([true, checkReport(), 'Portal']);
    const second = await registerScimProvider(options);
    expect([second.changed, second.check, second.provider.id]).toStrictEqual([false, undefined, first.provider.id]);
    expect(sandbox.providers()).toMatchObject([{ dataSources: ['portal-eu'], settings: { provisioning: true } }]);
  });

  test('sends the whole configuration when the token is another one, and writes it nowhere', async () => {
    const { sandbox, common } = await fixture();
    await registerScimProvider({ ...common, token: 'abc-canary' });
    expect((await registerScimProvider({ ...common, token: 'def-canary' })).changed).toBe(true);
    const [provider] = sandbox.providers();
    expect(JSON.parse(String(provider?.settings.configuration_json))).toStrictEqual({
      scim_url: scimUrl,
      scim_token: 'def-canary',
    });
    expect(await readFile(common.stateFile, 'utf8')).not.toMatch(/canary/);
  });

  test('checks the endpoint with user name and password, and sends them', async () => {
    const { sandbox, common } = await fixture();
    const seen: unknown[] = [];
    await registerScimProvider({
      ...common,
      username: 'kim',
      password: 'pw',
      usersEndpoint: 'People',
      check: async (endpoint) => {
        seen.push([endpoint.url, endpoint.auth, endpoint.usersEndpoint, endpoint.readOnly]);
        return checkReport();
      },
    });
    expect(seen).toStrictEqual([[scimUrl, { type: 'basic', username: 'kim', password: 'pw' }, 'People', false]]);
    expect(JSON.parse(String(sandbox.providers()[0]?.settings.configuration_json))).toStrictEqual({
      scim_url: scimUrl,
      users_endpoint: 'People',
      username: 'kim',
      password: 'pw',
    });
  });

  test('refuses a name that somebody else has registered, unless it is to be taken over', async () => {
    const { common } = await fixture();
    await common.tenant.providers.create({ name: 'Portal', template: 'application' });
    const options = { ...common, token: 'abc' };
    await expect(registerScimProvider(options)).rejects.toMatchObject({
      code: 'guard',
      message: expect.stringContaining('was not made from here'),
    });
    expect((await registerScimProvider({ ...options, adopt: true })).changed).toBe(true);
  });

  test('works without a state file', async () => {
    const { common } = await fixture();
    const { provider } = await registerScimProvider({ ...common, stateFile: undefined, token: 'abc' });
    expect(provider.name).toBe('Portal');
  });

  test('goes on with a call that was cut off', async () => {
    const { sandbox, folder, common } = await fixture();
    const icon = join(folder, 'icon.svg');
    await writeFile(icon, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const options = { ...common, token: 'abc', icon };
    sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*:icon' } });
    await expect(registerScimProvider(options)).rejects.toMatchObject({
      code: 'credentials-refused',
      exitCode: 4,
      hint: expect.stringMatching(/Go on with: the same call of registerScimProvider again, with the same options$/),
    });
    expect((await registerScimProvider(options)).changed).toBe(true);
    expect((await registerScimProvider(options)).changed).toBe(false);
    expect(sandbox.providers()).toMatchObject([{ name: 'Portal', icon: { format: 'svg' } }]);
  });

  test('does not go on with a call that had other options: nothing is sent where nobody asks for it now', async () => {
    const { sandbox, common } = await fixture();
    sandbox.faults.schedule({ kind: 'unavailable', match: { method: 'POST', path: '*/providers/custom' }, times: 20 });
    const before = { ...common, scimUrl: 'https://old.example/scim', token: 'old' };
    await expect(registerScimProvider(before)).rejects.toMatchObject({ name: 'ApplyStoppedError' });
    sandbox.faults.clear();
    const count = sandbox.requests().length;
    const asked: string[] = [];
    const check: EndpointCheck = (endpoint) => {
      asked.push(endpoint.url);
      return common.check();
    };
    await expect(registerScimProvider({ ...common, token: 'new', check })).rejects.toMatchObject({
      name: 'GuardError',
      exitCode: 8,
    });
    expect([
      asked,
      sandbox
        .requests()
        .slice(count)
        .map(({ method }) => method),
    ]).toEqual([[], []]);
  });

  test.each([
    { given: { token: '' }, code: 'setting-missing', message: 'The option token is empty.' },
    {
      given: { token: 'abc canary' },
      code: 'setting-invalid',
      message: 'The option token holds blanks, line breaks or characters beyond ASCII (not shown).',
    },
    { given: { username: 'kim', password: '' }, code: 'setting-missing', message: 'The option password is empty.' },
  ])('names the option of a credential that cannot be sent: $message', async ({ given, code, message }) => {
    const { sandbox, common } = await fixture();
    await expect(registerScimProvider({ ...common, ...given })).rejects.toMatchObject({ code, exitCode: 2, message });
    expect(sandbox.requests()).toEqual([]);
  });

  test('names every option that breaks a rule', async () => {
    const { common } = await fixture();
    await expect(registerScimProvider({ ...common, scimUrl: 'https://a.example/Users' })).rejects.toMatchObject({
      name: 'ManifestError',
      exitCode: 3,
    });
  });
});
