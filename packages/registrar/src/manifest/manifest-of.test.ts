import type { DataSource, Provider } from '@oaa-kit/oaa';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manifestOf } from './index.ts';
import { problemsOf, readOne } from './test-manifest.ts';

/** A provider as the tenant's client gives it: secrets are `(secret)` already. */
function provider(raw: Readonly<Record<string, unknown>>): Provider {
  const { name = 'My Custom App', custom_template: one = 'application', custom_templates: several, provisioning } = raw;
  const type = raw.external_lifecycle_management_type;
  return {
    id: 'p-1',
    name: String(name),
    state: 'ENABLED',
    templates: Array.isArray(several) ? several.map(String) : [String(one)],
    provisioning: typeof provisioning === 'boolean' ? provisioning : undefined,
    externalLifecycleManagementType: type === undefined ? undefined : String(type),
    raw: { id: 'p-1', name, custom_template: one, state: 'ENABLED', ...raw },
  };
}

function dataSource(name: string, raw: Readonly<Record<string, unknown>> = {}): DataSource {
  return { id: `d-${name}`, name, status: 'SUCCESS', raw: { id: `d-${name}`, name, ...raw } };
}

const scim = {
  provisioning: true,
  external_lifecycle_management_type: 'SCIM',
  configuration_json: '{"scim_url":"https://api.myapp.com/scim/v2","scim_token":"(secret)"}',
};

describe('a manifest of a provider', () => {
  test('says what a person would have written', async () => {
    const answer = {
      ...scim,
      external_id: 'x',
      application_types: ['portal'],
      schema_definition_json: 'e30=',
      push_type: 0,
      internal_app_name: '',
      data_plane_id: '',
      lifecycle_management_state: 1,
      rbac_id: 'r',
      team_id: '',
    };
    expect(
      await manifestOf(provider(answer), [dataSource('main'), dataSource('eu')]),
    ).toBe(`# The provider "My Custom App" ("p-1"), as the tenant shows it.
name: My Custom App
adopt: true
custom_template: application
provisioning: true
external_lifecycle_management_type: SCIM
configuration:
  scim_url: https://api.myapp.com/scim/v2
  scim_token: env:OAA_MY_CUSTOM_APP_SCIM_TOKEN
data_sources:
  - main
  - eu
`);
  });

  test('has references of different names for different secrets', async () => {
    const configuration = {
      a: { token: '(secret)', b: 1 },
      a_token: '(secret)',
      password: '(secret)',
      'p w': { '2': { secret: '(secret)' } },
    };
    const variables = async (name: string): Promise<string[]> => {
      const shown = {
        name,
        external_lifecycle_management_type: 'OTHER',
        configuration_json: JSON.stringify(configuration),
      };
      return [...(await manifestOf(provider(shown), [])).matchAll(/env:\w+/g)].map(String);
    };
    expect(await variables('42 & more')).toEqual([
      'env:OAA_42_MORE_A_TOKEN',
      'env:OAA_42_MORE_A_TOKEN_2',
      'env:OAA_42_MORE_PASSWORD',
      'env:OAA_42_MORE_P_W_2_SECRET',
    ]);
    expect(await variables('機')).toContain('env:OAA_PROVIDER_A_TOKEN');
  });

  test.each([
    ['GitHub', 'token', 'env:OAA_GITHUB_TOKEN'],
    ['AWS', 'secret_access_key', 'env:OAA_AWS_SECRET_ACCESS_KEY'],
  ])('names no variable that other programs have: %s %s', async (name, key, reference) => {
    const shown = { name, external_lifecycle_management_type: 'OTHER', configuration_json: `{"${key}":"(secret)"}` };
    const { secrets } = await readOne(await manifestOf(provider(shown), []));
    expect(secrets.map((secret) => secret.reference)).toEqual([reference]);
  });

  test('asks for a credential that the tenant keeps to itself', async () => {
    const withToken = await manifestOf(
      provider({ ...scim, configuration_json: '{"scim_url":"https://a.example.com"}' }),
      [],
    );
    expect(withToken).toContain('# The tenant does not show scim_token: this is how it might be given.\n');
    expect((await readOne(withToken)).secrets.map(({ path }) => path)).toEqual(['configuration_json.scim_token']);
    const withUser = await manifestOf(
      provider({ ...scim, configuration_json: '{"scim_url":"https://a.example.com","username":"kim","password":""}' }),
      [],
    );
    expect((await readOne(withUser)).secrets.map(({ reference }) => reference)).toEqual([
      'env:OAA_MY_CUSTOM_APP_PASSWORD',
    ]);
  });

  test.each([undefined, '', '(secret)', '[1]'])(
    'is not complete where the configuration is %j, and says so',
    async (hidden) => {
      const text = await manifestOf(provider({ ...scim, configuration_json: hidden }), []);
      expect(text).toContain(
        '# The tenant does not show the configuration: write scim_url and the credential into it.\n',
      );
      expect((await problemsOf(text)).map((problem) => problem.split(' ')[1])).toEqual([
        'scim-url-missing',
        'credential-missing',
      ]);
    },
  );

  test('takes a number for SCIM where the configuration tells, and asks otherwise', async () => {
    const text = await manifestOf(provider({ ...scim, external_lifecycle_management_type: 2 }), []);
    expect(text).toContain(
      '# The tenant shows external_lifecycle_management_type as 2; by its configuration it is SCIM.\n',
    );
    expect((await readOne(text)).scim?.url).toBe('https://api.myapp.com/scim/v2');
    const unknown = await manifestOf(
      provider({ external_lifecycle_management_type: '3', configuration_json: '{"a":1}' }),
      [],
    );
    expect(unknown).toContain(
      '# The tenant shows external_lifecycle_management_type as "3": write the word for it, such as SCIM.\n',
    );
    expect(await readOne(unknown)).toMatchObject({ fields: {}, configuration: { a: 1 }, scim: undefined });
  });

  test('keeps a configuration that has no type, and keys of one that are not known', async () => {
    const text = await manifestOf(provider({ configuration_json: scim.configuration_json }), []);
    expect(await readOne(text)).toMatchObject({
      configuration: { scim_url: 'https://api.myapp.com/scim/v2' },
      secrets: [{ path: 'configuration_json.scim_token' }],
      scim: undefined,
    });
    const more = JSON.stringify({ ...JSON.parse(scim.configuration_json), retry: { times: 3 } });
    expect(
      (await readOne(await manifestOf(provider({ ...scim, configuration_json: more }), []))).configuration,
    ).toEqual({
      scim_url: 'https://api.myapp.com/scim/v2',
      retry: { times: 3 },
    });
  });

  test('keeps a provider that is switched off as it is', async () => {
    expect((await readOne(await manifestOf(provider({ ...scim, provisioning: false }), []))).fields.provisioning).toBe(
      false,
    );
  });

  test('leaves out data sources that no manifest can have, and says so', async () => {
    const text = await manifestOf(provider({ custom_templates: ['application', 'principal'] }), [
      dataSource('a', { custom_template: 'principal' }),
      dataSource('b'),
      dataSource('c+\n', { custom_template: 'principal' }),
      { ...dataSource('d', { custom_template: 'principal' }), status: 'DELETING' },
      dataSource('e', { custom_template: 'principal', state: 'deleting' }),
    ]);
    expect((await readOne(text)).dataSources).toEqual([{ name: 'a', template: 'principal', absent: false }]);
    expect(text).toContain('# The data source "b" is left out: the tenant does not say its payload template.\n');
    expect(text).toContain(
      '# The data source "c+\\n" is left out: its name has characters that no request may have.\n',
    );
  });

  test('leaves out texts that would be read as references to secrets of whoever imports', async () => {
    const configuration = {
      ...JSON.parse(scim.configuration_json),
      username: 'file:/etc/passwd',
      users_endpoint: 'env:AWS_SECRET',
      notes: ['cmd:id'],
    };
    const text = await manifestOf(
      provider({ external_lifecycle_management_type: 'SCIM', configuration_json: JSON.stringify(configuration) }),
      [],
    );
    for (const reference of ['/etc/passwd', 'AWS_SECRET', 'cmd:id']) expect(text).not.toContain(reference);
    expect(text).toContain('"username" is left out: what the tenant shows has the form of a secret reference.');
    expect((await readOne(text)).secrets.map(({ reference }) => reference)).toEqual([
      'env:OAA_MY_CUSTOM_APP_SCIM_TOKEN',
    ]);
  });

  const goesWithIt =
    '# What is left out of the configuration goes with the next apply: the tenant replaces it as a whole.\n';
  const planted = 'what the tenant shows has the form of a secret reference.';

  test.each([
    ['notes[0]', { notes: ['cmd:id'] }, planted],
    ['a.b', { a: { b: 'file:/etc/passwd' } }, planted],
    [
      'keys[1].password',
      { keys: [{ a: 1 }, { password: '(secret)', b: 2 }] },
      'it is a secret inside a list. Write a reference under a key outside of lists, if the application reads it there.',
    ],
    [
      'x.y.token',
      { 'x.y': { token: '(secret)' } },
      'it is a secret below a key with a dot. Write a reference under keys without dots, if the application reads it there.',
    ],
    [
      'proxy.url',
      { proxy: { url: 'https://(secret)@proxy.example.com' } },
      'a user name or password is inside the URL. Write the URL without it.',
    ],
  ])('says that %s is left out, and can be read', async (path, more, reason) => {
    const configuration = { ...JSON.parse(scim.configuration_json), ...more };
    const text = await manifestOf(provider({ ...scim, configuration_json: JSON.stringify(configuration) }), []);
    expect(text).toContain(`# "${path}" is left out: ${reason}\n${goesWithIt}`);
    expect((await readOne(text)).secrets.map((secret) => secret.path)).toEqual(['configuration_json.scim_token']);
  });

  test('leaves out secrets inside the list of a column mapping, and keeps what only looks like a reference', async () => {
    const mapping = {
      template_type: 'hris',
      column_mappings: [{ column_name: 'file:number', destination_type: 'employee', token: '(secret)', api_key: '' }],
      hris: { hris_name: 'HR', hris_type: 'hr' },
    };
    const shown = { custom_template: 'hris', provisioning: true, csv_mapping_configuration: mapping };
    const text = await manifestOf(provider(shown), []);
    expect(text).toContain('# "csv_mapping_configuration.column_mappings[0].token" is left out: it is a secret inside');
    expect((await readOne(text)).fields.csv_mapping_configuration).toEqual({
      ...mapping,
      column_mappings: [{ column_name: 'file:number', destination_type: 'employee' }],
    });
  });

  test('leaves out secrets that are empty at any depth', async () => {
    const configuration = { ...JSON.parse(scim.configuration_json), credentials: { user: '', list: [''] } };
    const text = await manifestOf(provider({ ...scim, configuration_json: JSON.stringify(configuration) }), []);
    expect((await readOne(text)).configuration).toMatchObject({ credentials: { list: [] } });
  });

  test.each([
    ['custom_template', '3'],
    ['custom_template', 3],
    ['custom_templates', [3, 'hris']],
  ])('asks for the word where %s is shown as %j', async (field, shown) => {
    const raw = { ...scim, custom_template: undefined, [field]: shown };
    const text = await manifestOf(provider(raw), [dataSource('a', { custom_template: '3' })]);
    expect(text).toContain(
      `# The tenant shows ${field} as ${JSON.stringify(shown)}: write the word for it, such as application.\n`,
    );
    const answered = text.replace('provisioning:', 'custom_template: application\nprovisioning:');
    expect((await readOne(answered)).templates).toEqual(['application']);
  });

  test.each([
    ['scim-needs-application', { ...scim, custom_template: 'hris' }],
    ['credential-half', { ...scim, configuration_json: '{"scim_url":"https://a.example.com","password":"(secret)"}' }],
    [
      'scim-url-unencrypted',
      { ...scim, configuration_json: '{"scim_url":"http://a.example.com","scim_token":"(secret)"}' },
    ],
    ['shape', { ...scim, configuration_json: '{"scim_url":1,"scim_token":"(secret)"}' }],
    ['secret-literal', { internal_app_name: 'https://(secret)@a.example.com' }],
  ])('says at its end what else stands against reading it: %s', async (code, raw) => {
    const text = await manifestOf(provider(raw), []);
    const [, told] = text.split('# This cannot be read as it is. To be corrected, at row and column:\n');
    const problems = await problemsOf(text);
    expect(problems.map((problem) => problem.split(' ')[1])).toContain(code);
    expect(told).toBe(problems.map((problem) => `# ${problem.replace(/ \S+/, '')}\n`).join(''));
  });

  test('names what it does not know', async () => {
    expect(await manifestOf(provider({ brand_new: 1, icon_base64: 'PHN2Zy8+', 'a\nb': 2 }), [])).toMatch(
      /\n# Shown by the tenant, and not known here; under options, where they can be set: "brand_new", "a\\nb"\n$/,
    );
  });

  test('keeps column mappings, without what is null, and none that maps no column', async () => {
    const mapping = {
      template_type: 'hris',
      column_mappings: [{ column_name: 'Id', destination_type: 'employee', custom_property: null, as_list: false }],
      application: null,
      hris: { hris_name: 'HR', hris_type: 'hr' },
      extra: { a: 1 },
    };
    const text = await manifestOf(
      provider({ custom_template: 'hris', provisioning: true, csv_mapping_configuration: mapping }),
      [],
    );
    expect((await readOne(text)).fields).toEqual({
      provisioning: true,
      csv_mapping_configuration: {
        template_type: 'hris',
        column_mappings: [{ column_name: 'Id', destination_type: 'employee', as_list: false }],
        hris: { hris_name: 'HR', hris_type: 'hr' },
        extra: { a: 1 },
      },
    });
    const empty = { csv_mapping_configuration: { template_type: '', column_mappings: [] } };
    expect(await manifestOf(provider(empty), [])).not.toContain('csv_mapping');
  });
});

describe('read back', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_.'"=:#@&*!%-][A-Za-z0-9_ .'"=:#@&*!%,()$-]{0,20}$/);
  /** Texts that YAML has rules for, and others; none that looks like a reference or a URL with a user name. */
  const words = fc
    .oneof(
      fc.constantFrom('yes', 'null', '~', '0x1f', '1e3', '-', '? a', '&a', '*a', '!a', '', 'a: b', '# a', 'a\nb\n'),
      fc.string(),
    )
    .filter((text) => !/^(?:env|file|cmd):|:\/\//.test(text));
  const plainKey = fc
    .stringMatching(/^[a-z][a-z_]{0,8}$/)
    .filter((key) => !/token|passw|secret|credential|key|auth|bearer|pin$/.test(key));
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      words,
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(plainKey, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const passed = fc.dictionary(
    plainKey.map((key) => `x_${key}`),
    json,
    { maxKeys: 4 },
  );
  const text = fc.stringMatching(/^[A-Za-z0-9]{1,10}$/);
  const configuration = fc.record(
    {
      scim_url: text.map((host) => `https://${host}.example.com/scim/v2`),
      scim_token: fc.constant('(secret)'),
      users_endpoint: text.map((path) => `u/${path}`),
      groups_endpoint: text.map((path) => `g/${path}`),
      scim_extension_schemas: fc.boolean(),
    },
    { requiredKeys: ['scim_url', 'scim_token'] },
  );

  test('it declares what the tenant shows, whatever that is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ name, provisioning: fc.boolean(), dataSources: fc.uniqueArray(name, { maxLength: 4 }) }),
        fc.record(
          { internal_app_name: text, data_plane_id: text, push_type: fc.integer({ min: 1, max: 9 }) },
          { requiredKeys: [] },
        ),
        configuration,
        passed,
        async (head, fields, known, more) => {
          const shown = {
            ...fields,
            name: head.name,
            provisioning: head.provisioning,
            external_lifecycle_management_type: 'SCIM',
            configuration_json: JSON.stringify({ ...known, ...more }),
          };
          const { scim_token: _, ...open } = known;
          const declared = await readOne(
            await manifestOf(
              provider(shown),
              head.dataSources.map((each) => dataSource(each)),
            ),
          );
          expect(declared).toMatchObject({
            key: head.name,
            name: head.name,
            adopt: true,
            absent: false,
            templates: ['application'],
            secrets: [{ path: 'configuration_json.scim_token' }],
            dataSources: head.dataSources.map((each) => ({ name: each, absent: false })),
          });
          expect(declared.fields).toEqual({
            ...fields,
            provisioning: head.provisioning,
            external_lifecycle_management_type: 'SCIM',
          });
          // JSON knows no negative zero.
          expect(JSON.parse(JSON.stringify(declared.configuration))).toEqual(
            JSON.parse(JSON.stringify({ ...open, ...more })),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
