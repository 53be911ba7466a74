import { describe, expect, test } from 'vitest';
import { problemsOf } from '../test-manifest.ts';
import { type scim, table, withLines } from './test-rules.ts';

const fields = 'rule: OAA with SCIM Lifecycle Management, Required Fields';
const parameters = 'rule: OAA with SCIM Lifecycle Management, Configuration JSON Parameters';
const allowed = `Use letters without accents, digits, blanks and any of @ # $ % & * : ( ) ! , _ ' " = . -`;

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
      '7:15 secret-literal "configuration.scim_token" is a secret, which does not belong into this file (not shown): write env:NAME, file:path or cmd:program argument',
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
