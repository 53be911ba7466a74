import { describe, expect, test } from 'vitest';
import { problemsOf } from './test-manifest.ts';

const fields = 'rule: OAA with SCIM Lifecycle Management, Required Fields';
const parameters = 'rule: OAA with SCIM Lifecycle Management, Configuration JSON Parameters';
const allowed = `Use letters without accents, digits, blanks and any of @ # $ % & * : ( ) ! , _ ' " = . -`;
const how = 'write env:NAME, file:path or cmd:program argument';

/** A provider without fault, whose lines can be replaced: one field a line, `configuration` from row 5. */
const scim = {
  name: 'name: Portal',
  template: 'custom_template: application',
  provisioning: 'provisioning: true',
  type: 'external_lifecycle_management_type: SCIM',
  configuration: 'configuration:',
  url: '  scim_url: https://api.example.com/scim/v2',
  credential: '  scim_token: env:SCIM_TOKEN',
  more: '',
} as const;

function withLines(lines: Partial<Record<keyof typeof scim, string>>): string {
  return Object.values({ ...scim, ...lines }).join('\n');
}

type Row = readonly [lines: Partial<Record<keyof typeof scim, string>>, ...problems: string[]];

function table(rows: readonly Row[]): void {
  test.each(rows.map(([lines, ...problems]) => [Object.values(lines).join(' / '), lines, problems] as const))(
    '%s',
    async (_title, lines, problems) => {
      expect(await problemsOf(withLines(lines))).toEqual(problems);
    },
  );
}

test('a provider that keeps every rule has no problems', async () => {
  expect(await problemsOf(withLines({}))).toEqual([]);
});

describe('keys and shape', () => {
  table([
    [
      { name: 'nmae: Portal' },
      '1:1 shape unknown key "nmae". Did you mean "name"?',
      '1:1 name-missing "name" is missing',
    ],
    [{ more: 'colour: red' }, expectedUnknown('colour')],
    [{ more: 'adopt: yes please' }, '8:8 shape "adopt": Invalid input: expected boolean, received string'],
    [
      { more: 'data_sources: [{ nam: x }]' },
      '8:16 shape "data_sources[0].name" is missing',
      '8:18 shape unknown key "data_sources[0].nam". Did you mean "name"?',
    ],
    [{ more: 'push_type: true' }, '8:12 shape "push_type": is a number or a word'],
    [
      { more: 'tenant: { ulr: x }' },
      '8:9 tenant-invalid "tenant" has no url',
      '8:11 shape unknown key "tenant.ulr". Did you mean "url"?',
    ],
    [
      { credential: '  scim_token: 5' },
      '7:15 shape "configuration.scim_token": Invalid input: expected string, received number',
    ],
    [
      { url: '  scim_ulr: https://api.example.com/scim/v2' },
      `6:3 scim-url-missing "configuration" has no scim_url (${parameters}: scim_url)`,
      '6:13 unknown-key "configuration.scim_ulr" is an unknown key. Did you mean "scim_url"?',
    ],
  ]);

  function expectedUnknown(key: string): string {
    const known =
      '$schema, key, name, adopt, absent, custom_template, custom_templates, icon, provisioning, external_lifecycle_management_type, configuration, internal_app_name, data_plane_id, push_type, csv_mapping_configuration, secret_references, data_sources, tenant, options, environments';
    return `8:1 shape unknown key "${key}". Known here: ${known}.`;
  }
});

describe('names', () => {
  table([
    [
      { name: 'name: a/b' },
      `1:7 name-invalid "name" is refused. The provider name "a/b" holds characters that a tenant refuses: "/". ${allowed}`,
    ],
    [{ name: 'name: ""' }, '1:7 shape "name": Too small: expected string to have >=1 characters'],
    [
      { name: 'name: "  "' },
      '1:7 name-invalid "name" is refused. The provider needs a name. Give the provider a name that never changes.',
    ],
    [{ more: 'key: " a"' }, '8:6 key-invalid "key" holds control characters, or blanks at an end'],
    [{ more: 'key: "a\\tb"' }, '8:6 key-invalid "key" holds control characters, or blanks at an end'],
    [
      { more: 'data_sources: [a+b]' },
      `8:16 name-invalid "data_sources[0]" is refused. The data source name "a+b" holds characters that a tenant refuses: "+". ${allowed}`,
    ],
    [
      { more: 'data_sources: [a, { name: a }]' },
      '8:27 duplicate-name "data_sources[1].name" names the data source "a" again',
    ],
  ]);
});

describe('payload templates', () => {
  const known = 'application, identity_provider, hris, principal, secret_store, file_system, entity_enrichment';
  const plain = { provisioning: '', type: '', configuration: '', url: '', credential: '' };
  table([
    [
      { ...plain, template: '' },
      '1:1 template-missing "custom_template" is missing, for example: custom_template: application',
    ],
    [
      { more: 'custom_templates: [application, principal]' },
      '8:19 template-twice "custom_templates" stands beside custom_template: give one of them',
    ],
    [
      { template: 'custom_templates: [application, application]' },
      '2:33 template-twice "custom_templates[1]" is there twice',
    ],
    [
      { ...plain, template: 'custom_template: idp' },
      `2:18 template-unknown "custom_template" is no payload template that is known: ${known}. Did you mean "identity_provider"?`,
    ],
    [
      { ...plain, template: 'custom_template: aplication' },
      `2:18 template-unknown "custom_template" is no payload template that is known: ${known}. Did you mean "application"?`,
    ],
    [
      { ...plain, template: 'custom_template: quantum_vault' },
      `2:18 template-unknown "custom_template" is no payload template that is known: ${known}. It is sent as it is.`,
    ],
    [
      { template: 'custom_templates: [application, principal]', more: 'data_sources: [a]' },
      '8:16 data-source-template "data_sources[0]" needs a template: the provider has several (application, principal); write { name: ..., template: ... }',
    ],
    [
      { more: 'data_sources: [{ name: a, template: hris }]' },
      `8:37 data-source-template "data_sources[0].template" is none of the provider's payload templates (application).`,
    ],
    [
      { more: 'data_sources: [{ name: a, template: application, absent: true }]' },
      '8:37 absent-with-more "data_sources[0].template" stands beside absent: true: take one of them out',
    ],
  ]);
});

describe('lifecycle management', () => {
  const type = '"external_lifecycle_management_type"';
  const noConfiguration = { configuration: '', url: '', credential: '' };
  const elsewhere = (place: string, key: string) =>
    `${place} scim-key-elsewhere "configuration.${key}" is for external_lifecycle_management_type: SCIM only (${parameters}: ${key})`;
  table([
    [
      { provisioning: '' },
      `4:37 scim-needs-provisioning ${type} is SCIM and needs provisioning: true (${fields}: provisioning)`,
    ],
    [
      { provisioning: 'provisioning: false' },
      '3:15 provisioning-off "provisioning" is false: the tenant provisions nothing through SCIM until it is true',
    ],
    [
      { template: 'custom_template: principal' },
      `4:37 scim-needs-application ${type} is SCIM and needs custom_template: application (${fields}: custom_template)`,
    ],
    [
      { template: 'custom_template: hris' },
      `4:37 scim-needs-application ${type} is SCIM and needs custom_template: application; a source of identities has provisioning: true and no such type (${fields}: custom_template)`,
    ],
    [
      noConfiguration,
      `4:37 scim-needs-configuration ${type} is SCIM and needs a configuration with scim_url and a credential (${fields}: configuration_json)`,
    ],
    [
      { type: '' },
      `6:3 configuration-needs-type "configuration" stands without external_lifecycle_management_type, for example: external_lifecycle_management_type: SCIM (${fields}: external_lifecycle_management_type)`,
    ],
    [
      { type: 'external_lifecycle_management_type: scim' },
      `4:37 lifecycle-type-unknown ${type} is "scim". Did you mean "SCIM"?`,
    ],
    [
      { ...noConfiguration, type: 'external_lifecycle_management_type: CARRIER_PIGEON' },
      `4:37 lifecycle-type-unknown ${type} is "CARRIER_PIGEON", which is not known here: it is sent as it is`,
    ],
    [
      { type: 'external_lifecycle_management_type: SEND_REST_PAYLOAD', more: 'data_plane_id: dp' },
      elsewhere('6:13', 'scim_url'),
      elsewhere('7:15', 'scim_token'),
    ],
    [
      { ...noConfiguration, type: 'external_lifecycle_management_type: SEND_REST_PAYLOAD' },
      `4:37 rest-payload-without-data-plane ${type} is SEND_REST_PAYLOAD without data_plane_id: requests go through no Insight Point (rule: Custom Application with Send REST Payload)`,
    ],
    [
      {
        ...noConfiguration,
        template: 'custom_template: hris',
        type: 'external_lifecycle_management_type: SEND_REST_PAYLOAD',
        more: 'data_plane_id: dp',
      },
      `4:37 rest-payload-needs-application ${type} is SEND_REST_PAYLOAD and needs custom_template: application (rule: Custom Application with Send REST Payload)`,
    ],
    [
      { ...noConfiguration, type: '' },
      '3:15 provisioning-without-type "provisioning" is true without external_lifecycle_management_type: it does something on its own for hris and identity_provider only',
    ],
    [{ ...noConfiguration, type: '', template: 'custom_template: hris' }],
    [{ ...noConfiguration, type: '', template: 'custom_template: identity_provider' }],
  ]);
});

describe('the SCIM connection', () => {
  const url = `(${parameters}: scim_url)`;
  const credentials = `(${parameters}: scim_token, username, password)`;
  const at = (text: string): Partial<typeof scim> => ({ url: `  scim_url: ${text}` }) as Partial<typeof scim>;
  const refused = (message: string) => `6:13 scim-url-invalid "configuration.scim_url" ${message} ${url}`;
  table([
    [at('api.example.com'), refused('is not a URL such as https://api.example.com/scim/v2')],
    [at('"https://api.example.com/scim v2"'), refused('is not a URL such as https://api.example.com/scim/v2')],
    [at('ftp://api.example.com'), refused('must begin with https://')],
    [at('env:SCIM_URL'), refused('takes no reference: write the URL itself')],
    [
      at('https://api.example.com/scim/Users'),
      refused('ends with /Users: give the base URL without /Users or /Groups'),
    ],
    [
      at('https://api.example.com/scim/groups/'),
      refused('ends with /groups: give the base URL without /Users or /Groups'),
    ],
    [at('https://api.example.com/scim?x=1'), refused('holds a query or a fragment: give the base URL only')],
    [at('"https://api.example.com/scim#x"'), refused('holds a query or a fragment: give the base URL only')],
    [
      at('https://kim:hunter2@api.example.com/scim'),
      '6:13 secret-literal "configuration.scim_url" holds a user name or password inside a URL (not shown): take it out',
    ],
    [
      at('http://api.example.com/scim'),
      `6:13 scim-url-unencrypted "configuration.scim_url" begins with http://, so that the credential goes to api.example.com unencrypted: use https://, or allow it with --allow-http ${url}`,
    ],
    [at('http://127.0.0.1:8080/scim')],
    [at('https://api.example.com/Users/scim')],
    [
      { credential: '' },
      `6:3 credential-missing "configuration" has no credential: give scim_token, or username and password ${credentials}`,
    ],
    [
      { credential: '  username: kim' },
      `7:13 credential-half "configuration.username" stands without password ${credentials}`,
    ],
    [
      { credential: '  password: env:PASSWORD' },
      `7:13 credential-half "configuration.password" stands without username ${credentials}`,
    ],
    [
      { more: '  username: kim' },
      `8:13 credential-half "configuration.username" stands without password ${credentials}`,
    ],
    [
      { more: '  username: kim\n  password: env:PASSWORD' },
      '6:3 credential-twice "configuration" has scim_token as well as username and password: one of them is enough',
    ],
    [{ credential: '  username: kim\n  password: env:PASSWORD' }],
    [
      { credential: '  username: a:b\n  password: env:PASSWORD' },
      '7:13 credential-invalid "configuration.username" holds a colon or a control character (RFC 7617 s2)',
    ],
    [
      { more: '  users_endpoint: https://other.example.com/Users' },
      `8:19 endpoint-invalid "configuration.users_endpoint" is no path below scim_url, such as Users (${parameters}: users_endpoint)`,
    ],
    [
      { more: '  groups_endpoint: ../Groups' },
      `8:20 endpoint-invalid "configuration.groups_endpoint" is no path below scim_url, such as Groups (${parameters}: groups_endpoint)`,
    ],
    [
      { more: '  groups_endpoint: /Users' },
      '8:20 endpoint-invalid "configuration.groups_endpoint" is the same for users and groups',
    ],
    [{ more: '  users_endpoint: v2/people\n  groups_endpoint: v2/teams' }],
  ]);

  test('http:// is taken when it is allowed, with a warning', async () => {
    expect(await problemsOf(withLines(at('http://api.example.com/scim')), { allowHttp: true })).toEqual([
      '6:13 scim-url-unencrypted "configuration.scim_url" begins with http://, so that the credential goes to api.example.com unencrypted',
    ]);
  });
});

describe('secrets', () => {
  const literal = (place: string, path: string) =>
    `${place} secret-literal "${path}" is a secret, which does not belong into this file (not shown): ${how}`;
  table([
    [{ credential: '  scim_token: hunter2' }, literal('7:15', 'configuration.scim_token')],
    [{ credential: '  username: kim\n  password: hunter2' }, literal('8:13', 'configuration.password')],
    [{ more: 'options: { client_secret: hunter2 }' }, literal('8:27', 'options.client_secret')],
    [{ more: 'options: { credentials: { user: hunter2 } }' }, literal('8:33', 'options.credentials.user')],
    [{ more: 'options: { api_keys: [hunter2] }' }, literal('8:23', 'options.api_keys[0]')],
    [{ more: 'tenant: { url: a.example.com, api_key: hunter2 }' }, literal('8:40', 'tenant.api_key')],
    [
      { credential: '  scim_token: ""' },
      `7:15 secret-literal "configuration.scim_token" is a secret and empty: ${how}`,
    ],
    [
      { credential: '  scim_token: "env: "' },
      `7:15 secret-literal "configuration.scim_token" is a reference that points nowhere: ${how}`,
    ],
    [
      { more: 'options: { hook: "https://kim:hunter2@hook.example.com" }' },
      '8:18 secret-literal "options.hook" holds a user name or password inside a URL (not shown): take it out',
    ],
    [
      { more: `options: { note: "-----BEGIN ${'PRIVATE'} KEY-----" }` },
      '8:18 secret-literal "options.note" holds a private key (not shown), which goes nowhere',
    ],
    [
      { more: 'options: { headers: [env:HEADER] }' },
      '8:22 secret-place "options.headers[0]" is a secret reference inside a list, where none can be',
    ],
    [
      { more: 'options: { "a.b": { c: env:HEADER } }' },
      '8:24 secret-place "options.a.b.c" is a secret reference below a key with a dot, where none can be',
    ],
    [{ more: 'secret_references: [{ secret_id: a, vault_id: b }]' }],
    [{ more: 'options: { token_lifetime: 60, uses_token: true }' }],
  ]);

  test('are refused in every environment, also in one that is not asked for', async () => {
    const environments = 'environments: { tokens: {}, other: { name: x, configuration: { scim_token: hunter2 } } }';
    expect(await problemsOf(withLines({ more: environments }), { environment: 'tokens' })).toEqual([
      literal('8:76', 'environments.other.configuration.scim_token'),
    ]);
  });
});

describe('what is passed through', () => {
  table([
    [
      { more: 'options: { provisioning: true }' },
      '8:26 option-known "options.provisioning" is known here: write it as provisioning, outside of options',
    ],
    [
      { more: 'options: { icon_base64: AAAA }' },
      '8:25 option-known "options.icon_base64" is known here: write it as icon, outside of options',
    ],
    [{ more: 'options: { state: ENABLED }' }, '8:19 option-known "options.state" is written by the tenant alone'],
    [
      { more: 'options: { configuration_json: { scim_url: https://x.example.com } }' },
      '8:44 option-known "options.configuration_json.scim_url" is a key of configuration: write it there',
    ],
    [
      { more: 'options: { configuration_json: "{}" }' },
      '8:32 option-known "options.configuration_json" must be an object, whose keys are added to those of configuration',
    ],
    [{ more: 'options: { brand_new: { a: [null, [1]] }, configuration_json: { timeout: 5 } }' }],
    [
      { more: 'options: { __proto__: { a: 1 } }' },
      '8:23 unknown-key "options.__proto__" is a key that nothing may have',
    ],
    [{ more: 'options: { a: .inf }' }, '8:15 not-json "options.a" is no number that JSON knows'],
    [
      { more: 'options: { a: 12345678901234567890 }' },
      '8:15 not-json "options.a" is too large to be kept exactly: put it in quotes',
    ],
  ]);

  test('is not nested without end', async () => {
    const [problem] = await problemsOf(withLines({ more: `options: { a: ${'['.repeat(40)}${']'.repeat(40)} }` }));
    expect(problem).toMatch(/^8:\d+ nested-too-deeply ".*" is nested deeper than 32 levels$/);
  });
});

describe('a CSV provider', () => {
  const rule = '(rule: CSV upload, csv_mapping_configuration)';
  const columns = 'column_mappings: [{ column_name: user, destination_type: user, destination_property: name }]';
  const application = 'application: { application_name: Portal, application_type: portal }';
  const csv = (mapping: string, template = 'application') => ({
    template: `custom_template: ${template}`,
    provisioning: '',
    type: '',
    configuration: '',
    url: '',
    credential: '',
    more: `csv_mapping_configuration: { ${mapping} }`,
  });
  table([
    [csv(`template_type: application, ${columns}, ${application}`)],
    [csv(`template_type: hris, ${columns}, hris: { hris_name: HR, hris_type: hr }, brand_new: 1`, 'hris')],
    [
      csv(`template_type: application, column_mappings: [], ${application}`),
      '8:75 shape "csv_mapping_configuration.column_mappings": needs at least one column (CSV upload: at least one column mapped for each entity type)',
    ],
    [
      csv(`template_type: application, ${columns}`),
      `8:28 csv-block "csv_mapping_configuration" needs the block application ${rule}`,
    ],
    [
      csv(`template_type: hris, ${columns}, ${application}`, 'hris'),
      `8:28 csv-block "csv_mapping_configuration" needs the block hris ${rule}`,
      `8:158 csv-block "csv_mapping_configuration.application" is for the payload template application, and the provider has hris ${rule}`,
    ],
    [
      csv(`template_type: x, ${columns}`, 'principal'),
      `8:28 csv-template "csv_mapping_configuration" goes with the payload templates application, identity_provider, hris only ${rule}`,
    ],
    [
      csv(`template_type: application, column_mappings: [{ column_nam: a, destination_type: user }], ${application}`),
      '8:76 shape "csv_mapping_configuration.column_mappings[0].column_name" is missing',
    ],
    [
      csv(`template_type: application, ${columns}, ${application}, advancd: { list_delimiter: "," }`),
      '8:230 unknown-key "csv_mapping_configuration.advancd" is an unknown key. Did you mean "advanced"?',
    ],
    [
      csv(
        `template_type: hris, ${columns}, hris: { hris_name: HR, hris_type: hr, hris_provisioning_source: true }`,
        'hris',
      ),
      '8:209 csv-provisioning "csv_mapping_configuration.hris.hris_provisioning_source" is true, and provisioning of the provider is not: it is a source of identities with both only',
    ],
  ]);
});

describe('what is to be deleted', () => {
  test('says its name or key, and no more', async () => {
    expect(await problemsOf('name: Portal\nabsent: true\n')).toEqual([]);
    expect(await problemsOf('key: portal\nadopt: true\nabsent: true\ntenant: { url: a.example.com }\n')).toEqual([]);
    expect(await problemsOf('absent: true\n')).toEqual(['1:1 name-missing "name" is missing']);
    expect(await problemsOf('name: Portal\nabsent: true\ncustom_template: application\n')).toEqual([
      '3:18 absent-with-more "custom_template" stands beside absent: true, which deletes the provider: take one of them out',
    ]);
  });

  test('may be described for other environments', async () => {
    const text = withLines({ more: 'environments: { old: { absent: true }, worse: { absent: true, icon: a.png } }' });
    expect(await problemsOf(text, { environment: 'old' })).toEqual([]);
    expect(await problemsOf(text, { environment: 'worse' })).toEqual([
      '8:69 absent-with-more "icon" stands beside absent: true, which deletes the provider: take one of them out',
    ]);
  });
});
