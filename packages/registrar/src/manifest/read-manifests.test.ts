import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ManifestSource, readManifests } from './index.ts';
import { plain, problemsOf, readOne, readText, refusal, tenLines, testNow } from './test-manifest.ts';

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

describe('a manifest', () => {
  test('of ten lines declares a provider with a SCIM connection', async () => {
    const folder = await folderWith({ 'sub/m.yaml': tenLines });
    const { files, providers, ...rest } = await readManifests(['sub/m.yaml'], { cwd: folder, now: () => testNow });
    expect(files).toEqual([{ file: 'sub/m.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(rest).toEqual({ environment: undefined, tenant: undefined, warnings: [] });
    expect(providers).toEqual([
      {
        key: 'MyCustomApp',
        name: 'MyCustomApp',
        place: { file: 'sub/m.yaml', row: 1, column: 1 },
        adopt: false,
        absent: false,
        templates: ['application'],
        fields: { provisioning: true, external_lifecycle_management_type: 'SCIM' },
        configuration: { scim_url: 'https://api.myapp.com/scim/v2' },
        scim: { url: 'https://api.myapp.com/scim/v2', extensionSchemas: false },
        secrets: [
          {
            path: 'configuration_json.scim_token',
            reference: 'env:SCIM_TOKEN',
            folder: join(folder, 'sub'),
            place: { file: 'sub/m.yaml', row: 7, column: 15 },
          },
        ],
        icon: undefined,
        dataSources: [],
      },
    ]);
  });

  test('has every field of the wire, under its own name', async () => {
    const provider = await readOne(`key: portal
name: Portal
adopt: true
custom_templates: [application, principal]
provisioning: true
external_lifecycle_management_type: SCIM
configuration:
  scim_url: https://api.example.com/scim/v2
  username: kim
  password: file:secrets/password
  users_endpoint: People
  groups_endpoint: Teams
  scim_extension_schemas: true
internal_app_name: portal-1
data_plane_id: dp-7
push_type: 2
secret_references: [{ secret_id: env:is-an-id, vault_id: v }]
data_sources: [{ name: eu, template: application }, { name: old, absent: true }]
options:
  brand_new: { list: [[1, null], { a: true }], headers: { Authorization: 'cmd:print-header --all' } }
  configuration_json: { timeout: 5, client: { client_secret: env:CLIENT } }
`);
    const folder = process.cwd();
    const at = (row: number, column: number) => ({ folder, place: { file: 'm.yaml', row, column } });
    expect(provider).toMatchObject({
      key: 'portal',
      name: 'Portal',
      adopt: true,
      templates: ['application', 'principal'],
      fields: {
        provisioning: true,
        external_lifecycle_management_type: 'SCIM',
        internal_app_name: 'portal-1',
        data_plane_id: 'dp-7',
        push_type: 2,
        secret_references: [{ secret_id: 'env:is-an-id', vault_id: 'v' }],
        brand_new: { list: [[1, null], { a: true }], headers: {} },
      },
      configuration: {
        scim_url: 'https://api.example.com/scim/v2',
        username: 'kim',
        users_endpoint: 'People',
        groups_endpoint: 'Teams',
        scim_extension_schemas: true,
        timeout: 5,
        client: {},
      },
      scim: {
        url: 'https://api.example.com/scim/v2',
        username: 'kim',
        usersEndpoint: 'People',
        groupsEndpoint: 'Teams',
        extensionSchemas: true,
      },
      dataSources: [
        { name: 'eu', template: 'application', absent: false },
        { name: 'old', absent: true },
      ],
    });
    expect(provider.secrets).toEqual([
      { path: 'configuration_json.password', reference: 'file:secrets/password', ...at(10, 13) },
      { path: 'configuration_json.client.client_secret', reference: 'env:CLIENT', ...at(21, 62) },
      { path: 'brand_new.headers.Authorization', reference: 'cmd:print-header --all', ...at(20, 74) },
    ]);
    expect(provider.fields).not.toHaveProperty('name');
    expect(provider.fields).not.toHaveProperty('custom_templates');
  });

  test('keeps a user name that is a secret out of everything but the secrets', async () => {
    const provider = await readOne(
      tenLines.replace('scim_token: env:SCIM_TOKEN', 'username: env:USER_NAME\n  password: env:PASSWORD'),
    );
    expect(provider.configuration).toEqual({ scim_url: 'https://api.myapp.com/scim/v2' });
    expect(provider.scim?.username).toBeUndefined();
    expect(provider.secrets.map(({ path }) => path)).toEqual([
      'configuration_json.username',
      'configuration_json.password',
    ]);
  });

  const sources: readonly [string, ManifestSource][] = [
    ['many documents', { file: 'm.yaml', text: `---\n${plain('a')}---\n# nothing\n---\n${plain('b')}` }],
    [
      'a YAML list',
      { file: 'm.yaml', text: '- { name: a, custom_template: hris }\n- { name: b, custom_template: hris }\n' },
    ],
    [
      'a JSON array',
      { file: 'm.json', text: '[{"name":"a","custom_template":"hris"},{"name":"b","custom_template":"hris"}]' },
    ],
    ['a list of values', { value: ['a', 'b'].map((name) => ({ name, custom_template: 'hris', key: undefined })) }],
  ];
  test.each(sources)('is %s', async (_title, source) => {
    const { providers } = await readManifests([source]);
    expect(providers.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('in memory begins paths at its folder', async () => {
    const value = { name: 'a', custom_template: 'application', options: { token: 'file:token' } };
    const { providers, files } = await readManifests([{ value, folder: 'deep' }], { cwd: tmpdir() });
    expect(providers[0]?.secrets).toMatchObject([{ reference: 'file:token', folder: join(tmpdir(), 'deep') }]);
    expect(files.map(({ file }) => file)).toEqual(['(manifest)']);
  });
});

describe('what cannot be read', () => {
  test('is told for every file at once, with its place', async () => {
    const folder = await folderWith({ 'a.yaml': 'name: [\n', 'b.json': '{"name": "b",}', 'c.yaml': plain('c/') });
    const error = await refusal(readManifests(['a.yaml', 'gone.yaml', 'b.json', 'c.yaml', '.'], { cwd: folder }));
    expect(error.problems.map(({ file, row, column, code }) => `${file}:${row}:${column} ${code}`)).toEqual([
      'a.yaml:2:1 syntax',
      'gone.yaml:1:1 file-unreadable',
      'b.json:1:14 syntax',
      'c.yaml:1:7 name-invalid',
      '.:1:1 file-unreadable',
    ]);
    expect(error).toMatchObject({
      code: 'input-invalid',
      exitCode: 3,
      message: 'There are 5 problems in the manifests.',
    });
    expect(error.diagnostics[0]).toMatchObject({ severity: 'error', code: 'manifest' });
  });

  test.each([
    ['nothing', '', '1:1 not-a-manifest holds no provider'],
    ['only comments', '# later\n---\n', '1:1 not-a-manifest holds no provider'],
    ['a text', 'portal', '1:1 not-a-manifest a provider is an object with name, custom_template ...'],
    ['a list of texts', '- portal', '1:3 not-a-manifest a provider is an object with name, custom_template ...'],
    ['a key twice', 'name: a\nname: b\n', '2:1 syntax this key is there twice'],
    ['a merge key', `base: &b { x: 1 }\n${plain('a')}<<: *b\n`, '1:1 shape'],
  ])('%s is refused', async (_title, text, problem) => {
    expect((await problemsOf(text))[0]).toContain(problem);
  });

  test('a single problem stands in the message', async () => {
    const error = await refusal(readText(plain('a', 'nme: x\n')));
    expect(error.message).toBe('m.yaml:3:1: unknown key "nme". Did you mean "name"?');
    expect(error.hint).toBe('Correct the manifest at the place named; nothing was sent.');
  });
});

describe('environments', () => {
  const text = `${tenLines}  timeouts: { a: 1, b: 2 }
data_sources: [main, extra]
tenant: { url: staging.example.com }
environments:
  production:
    configuration:
      scim_url: https://prod.example.com/scim/v2
      scim_token: null
      username: kim
      password: env:PROD_PASSWORD
      timeouts: null
    data_sources: [{ name: main }]
    tenant: { url: prod.example.com, api_key: file:key }
  staging: { configuration: { timeouts: null } }
  same:
`;

  test('are merged: objects deep, everything else replaced, null takes out', async () => {
    const { providers, tenant, environment } = await readText(text, { environment: 'production' });
    const [provider] = providers;
    expect(environment).toBe('production');
    expect(provider?.configuration).toEqual({ scim_url: 'https://prod.example.com/scim/v2', username: 'kim' });
    // Where the reference stands: in the environment.
    expect(provider?.secrets).toMatchObject([{ reference: 'env:PROD_PASSWORD', place: { row: 17, column: 17 } }]);
    expect(provider?.dataSources.map(({ name }) => name)).toEqual(['main']);
    expect(tenant).toEqual({
      url: 'https://prod.example.com',
      apiKey: `file:${join(process.cwd(), 'key')}`,
      place: { file: 'm.yaml', row: 20, column: 20 },
    });
  });

  test('leave the provider as it is where they say nothing', async () => {
    const { providers, tenant } = await readText(text, { environment: 'staging' });
    expect(providers[0]?.secrets).toMatchObject([{ reference: 'env:SCIM_TOKEN', place: { row: 7, column: 15 } }]);
    expect(providers[0]?.configuration).toEqual({ scim_url: 'https://api.myapp.com/scim/v2' });
    expect(tenant).toMatchObject({ url: 'https://staging.example.com', apiKey: undefined });
  });

  test('are told by their places', async () => {
    expect(await problemsOf(text, { environment: 'same' })).toEqual([expect.stringMatching(/^8:13 unknown-key/)]);
    const wrong = text.replace('https://prod.example.com/scim/v2', 'https://prod.example.com/Users');
    expect(await problemsOf(wrong, { environment: 'production' })).toEqual([
      expect.stringMatching(/^14:17 scim-url-invalid/),
    ]);
    const replaced = text.replace('[{ name: main }]', '[{ name: a/b }]');
    expect(await problemsOf(replaced, { environment: 'production' })).toEqual([
      expect.stringMatching(/^19:28 name-invalid/),
    ]);
  });

  test('have to be chosen, and to be there', async () => {
    expect(await problemsOf(text)).toEqual([
      '12:3 environment-needed "environments" has production, staging, same: say which one is meant with --environment',
    ]);
    expect(await problemsOf(text, { environment: 'prodution' })).toEqual([
      '12:3 environment-unknown "environments" has no "prodution". Did you mean "production"?',
    ]);
    expect(await problemsOf(text, { environment: 'toString' })).toEqual([
      '12:3 environment-unknown "environments" has no "toString". Known here: production, staging, same.',
    ]);
    expect(await problemsOf(plain('a'), { environment: 'production' })).toEqual([
      '1:1 environment-unknown the environment "production" was asked for, and no manifest has environments',
    ]);
  });

  test('are not needed by the other documents of a manifest', async () => {
    const { providers } = await readText(`${text}---\n${plain('b')}`, { environment: 'staging' });
    expect(providers.map(({ name }) => name)).toEqual(['MyCustomApp', 'b']);
  });

  test('have no keys that are not known, also where they are not asked for', async () => {
    const wrong = text.replace('  same:', '  same: { key: x }');
    expect(await problemsOf(wrong, { environment: 'staging' })).toEqual([
      expect.stringMatching(/^22:11 shape unknown key "environments\.same\.key"/),
    ]);
  });
});

describe('several providers', () => {
  test.each([
    ['a name', plain('a'), plain('a'), '4:1 duplicate-key the key "a" belongs to the provider at m.yaml:1:1 already'],
    [
      'a key',
      plain('a', 'key: k\n'),
      plain('b', 'key: k\n'),
      '7:6 duplicate-key the key "k" belongs to the provider at m.yaml:1:1 already',
    ],
    [
      'a name under two keys',
      plain('a', 'key: k\n'),
      plain('a', 'key: l\n'),
      '5:7 duplicate-name the name "a" belongs to the provider at m.yaml:1:1 already',
    ],
    [
      'a key that is a name',
      plain('a'),
      plain('b', 'key: a\n'),
      '6:6 duplicate-key the key "a" belongs to the provider at m.yaml:1:1 already',
    ],
  ])('do not have %s in common', async (_title, first, second, problem) => {
    const [found, ...more] = await problemsOf(`${first}---\n${second}`);
    expect(more).toEqual([]);
    expect(found?.replace(/^\d+:\d+/, '')).toBe(problem.replace(/^\d+:\d+/, ''));
  });

  test('of several files are told apart by file', async () => {
    const folder = await folderWith({ 'a.yaml': plain('x'), 'b.yaml': `\n${plain('x')}` });
    const error = await refusal(readManifests(['a.yaml', 'b.yaml'], { cwd: folder }));
    expect(error.message).toBe('b.yaml:2:7: the key "x" belongs to the provider at a.yaml:1:1 already');
  });

  test('are for one tenant, which is compared in its normal form', async () => {
    const of = (name: string, url: string) => plain(name, `tenant: { url: "${url}" }\n---\n`);
    const { tenant } = await readText(of('a', 'acme.example.com') + of('b', 'https://acme.example.com/') + plain('c'));
    expect(tenant?.url).toBe('https://acme.example.com');
    expect(await problemsOf(of('a', 'acme.example.com') + of('b', 'other.example.com'))).toEqual([
      '7:16 tenant-differs the tenant is another one than at m.yaml:3:16: a plan is for one tenant; use environments, or read the files one by one',
    ]);
    expect(await problemsOf(of('a', 'http://acme.example.com'))).toEqual([
      expect.stringMatching(/^3:16 tenant-invalid "tenant\.url" begins with http:\/\//),
    ]);
  });

  test('are read in the time that their number asks for', async () => {
    const many = Array.from({ length: 500 }, (_, index) => tenLines.replace('MyCustomApp', `app-${index}`)).join(
      '---\n',
    );
    expect((await readText(many)).providers).toHaveLength(500);
  });
});

test('an environment with a tenant of its own does not send it the key of another', async () => {
  const text = [
    'name: Portal',
    'custom_template: application',
    'tenant: { url: a.vezacloud.com, api_key: env:A_KEY }',
    'environments: { b: { tenant: { url: b.vezacloud.com } } }',
  ].join('\n');
  const { tenant } = await readManifests([{ file: 'm.yaml', text }], { environment: 'b' });
  expect(tenant).toMatchObject({ url: 'https://b.vezacloud.com', apiKey: undefined });
});

test('errors are told however many warnings there are', async () => {
  const many = Array.from({ length: 1_100 }, (_, index) => ({
    name: `P${index}`,
    custom_template: 'application',
    provisioning: false,
    external_lifecycle_management_type: 'SCIM',
    configuration: { scim_url: 'https://a.example/scim', scim_token: 'env:T' },
  }));
  const bad = { name: 'P0', custom_template: 'application' };
  await expect(readManifests([{ value: [...many, bad] }])).rejects.toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ code: 'duplicate-key' })]),
  });
});

test.each([
  { options: { api_token: 4711 } },
  { options: { pins: { pin: [4711] } } },
  { external_lifecycle_management_type: 'OTHER', configuration: { token: 4711 } },
])('a number is refused as a secret, wherever it is: %j', async (fields) => {
  const value = { name: 'P', custom_template: 'application', ...fields };
  const error = await readManifests([{ value }]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ problems: [{ code: 'secret-literal' }] });
  expect(JSON.stringify(error)).not.toContain('4711');
});

test('a number that limits secrets is none', async () => {
  const options = { token_lifetime: 60, max_token: 5, limits: { min_password: 12 } };
  const value = { name: 'P', custom_template: 'application', options };
  expect((await readManifests([{ value }])).providers[0]?.fields).toEqual(options);
});
