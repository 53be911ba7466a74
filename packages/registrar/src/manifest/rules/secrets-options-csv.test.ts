import { describe, expect, test } from 'vitest';
import { problemsOf } from '../test-manifest.ts';
import { table, withLines } from './test-rules.ts';

const how = 'write env:NAME, file:path or cmd:program argument';

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
      { more: 'options: { application_types: [crm] }' },
      '8:31 option-known "options.application_types" is written by the tenant alone',
    ],
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
