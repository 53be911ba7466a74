import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { everythingShown, rejection } from '../http/test-support.ts';
import { all, api, base, host, mockTenant, tenant } from './nock-support.ts';

mockTenant();

describe('providers.list', () => {
  test('goes on while has_more is true, over an empty page, and ignores the token of the last page', async () => {
    const page = (query: object, body: object) =>
      api()
        .get(base)
        .query({ page_size: 100, ...query })
        .reply(200, body);
    page({}, { values: [{ id: '1', name: 'a', state: 'ENABLED' }], next_page_token: 't1', has_more: true });
    page({ page_token: 't1' }, { values: [], next_page_token: 't2', has_more: true });
    page({ page_token: 't2' }, { values: [{ id: '2', name: 'b', state: 1 }], next_page_token: 't3', has_more: false });
    const providers = await all(tenant().providers.list());
    expect(providers.map(({ id, name, state }) => [id, name, state])).toEqual([
      ['1', 'a', 'ENABLED'],
      ['2', 'b', '1'],
    ]);
  });

  test('passes filter, order and page size on', async () => {
    api().get(base).query({ filter: 'state eq "ENABLED"', order_by: 'state', page_size: 7 }).reply(200, { values: [] });
    expect(await all(tenant().providers.list({ filter: 'state eq "ENABLED"', orderBy: 'state', pageSize: 7 }))).toEqual(
      [],
    );
  });

  test('a token that comes again is an error, not an endless loop', async () => {
    api().get(base).query(true).twice().reply(200, { values: [], next_page_token: 't1', has_more: true });
    expect(await rejection(all(tenant().providers.list()))).toMatchObject({
      code: 'response-invalid',
      exitCode: 5,
      message: 'The tenant\'s answer to "GET /api/v1/providers/custom" gives the same next_page_token again.',
    });
  });

  test('more without a token is an error', async () => {
    api().get(base).query(true).reply(200, { values: [], has_more: true });
    expect((await rejection(all(tenant().providers.list()))).message).toContain('gives no next_page_token');
  });
});

describe('providers.get', () => {
  test('reads both forms of templates and keeps unknown keys', async () => {
    const value = {
      id: 'p1',
      name: 'P',
      custom_template: 'a',
      custom_templates: ['a', 'b'],
      provisioning: true,
      later: 1,
    };
    api().get(`${base}/p1`).reply(200, { value });
    expect(await tenant().providers.get('p1')).toEqual({
      id: 'p1',
      name: 'P',
      state: '',
      templates: ['a', 'b'],
      provisioning: true,
      externalLifecycleManagementType: undefined,
      raw: value,
    });
  });

  test('is undefined when there is none', async () => {
    api().get(`${base}/none`).reply(404, { code: 'NotFound', message: 'not found' });
    expect(await tenant().providers.get('none')).toBeUndefined();
  });

  test('a web page with 404 does not mean that there is none', async () => {
    api().get(`${base}/p1`).reply(404, '<html><title>Nothing</title>', { 'content-type': 'text/html' });
    expect(await rejection(tenant().providers.get('p1'))).toMatchObject({ code: 'remote-refused' });
  });

  test('reads compressed answers', async () => {
    const body = gzipSync(JSON.stringify({ value: { id: 'p1', name: 'P' } }));
    api().get(`${base}/p1`).reply(200, body, { 'content-encoding': 'gzip' });
    expect((await tenant().providers.get('p1'))?.name).toBe('P');
  });

  test.each(['', '.', '..'])('the id %j would change the path and is refused', async (id) => {
    await expect(async () => tenant().providers.get(id)).rejects.toMatchObject({ code: 'usage' });
  });

  test('shows no secret of the configuration', async () => {
    const configuration = {
      scim_url: 'https://kim:pw-in-url@scim.example.com',
      scim_token: 'scim-token-value',
      password: 'password-value',
      username: 'kim',
      nested: [{ clientSecret: ['secret-value'] }],
    };
    const value = {
      id: 'p1',
      name: 'P',
      configuration_json: JSON.stringify(configuration),
      secret_references: [{ secret_id: 's', vault_id: 'v' }],
    };
    api().get(`${base}/p1`).reply(200, { value });
    const provider = await tenant().providers.get('p1');
    expect(JSON.parse(String(provider?.raw.configuration_json))).toEqual({
      scim_url: 'https://(secret)@scim.example.com',
      scim_token: '(secret)',
      password: '(secret)',
      username: 'kim',
      nested: [{ clientSecret: ['(secret)'] }],
    });
    expect(provider?.raw.secret_references).toEqual(value.secret_references);
    expect(JSON.stringify(provider)).not.toMatch(/token-value|password-value|secret-value|pw-in-url/);
  });

  test('shows no number that is a secret, and no private key', async () => {
    const pem = `-----BEGIN ${'PRIVATE'} KEY-----`;
    const secrets = { token: 4711, 'x-api-key': 4711, client_secret: 4711, pin: 4711, password: [4711], note: pem };
    const others = { token_lifetime: 60, max_token: 5, maxToken: 5, spin: 1, timeout: 30 };
    const configuration = { ...secrets, minio_secret: 4711, ...others };
    api()
      .get(`${base}/p1`)
      .reply(200, {
        value: { id: 'p1', name: 'P', api_token: 4711, configuration_json: JSON.stringify(configuration) },
      });
    const raw = (await tenant().providers.get('p1'))?.raw;
    expect(raw?.api_token).toBe('(secret)');
    expect(JSON.parse(String(raw?.configuration_json))).toEqual({
      token: '(secret)',
      'x-api-key': '(secret)',
      client_secret: '(secret)',
      pin: '(secret)',
      password: ['(secret)'],
      note: '(secret)',
      minio_secret: '(secret)',
      ...others,
    });
  });

  test('shows no number that was a secret of the body, where the tenant echoes it', async () => {
    api().patch(`${base}/p1`).reply(400, { message: 'the pin 471147 is too long' });
    const changed = tenant().providers.update('p1', { configuration_json: '{"pin":471147}' });
    await expect(changed).rejects.toThrow('the pin (secret) is too long');
  });
});

describe('providers.find', () => {
  test('asks with a filter, spaces as + and quotes as %22, and compares once more', async () => {
    const paths: string[] = [];
    api()
      .get(base)
      .query(true)
      .reply(200, {
        values: [
          { id: '1', name: 'Git Hub 2' },
          { id: '2', name: 'Git Hub' },
        ],
      })
      .on('request', (request: Request) => paths.push(request.url));
    expect((await tenant().providers.find('Git Hub'))?.id).toBe('2');
    expect(paths).toEqual([`${host}${base}?filter=name+eq+%22Git+Hub%22&page_size=100`]);
  });

  test('lists without a filter when the name holds a quote', async () => {
    api()
      .get(base)
      .query({ page_size: 100 })
      .reply(200, { values: [{ id: '1', name: 'the "best"' }] });
    expect((await tenant().providers.find('the "best"'))?.id).toBe('1');
  });

  test('refuses to choose between two of the same name', async () => {
    api()
      .get(base)
      .query(true)
      .reply(200, {
        values: [
          { id: '1', name: 'a' },
          { id: '2', name: 'a' },
        ],
      });
    expect(await rejection(tenant().providers.find('a'))).toMatchObject({
      code: 'name-ambiguous',
      message: 'The tenant has 2 providers named "a": 1, 2.',
      hint: 'Delete or rename all but one.',
    });
  });
});

describe('providers.create', () => {
  test('sends name, template and further wire keys', async () => {
    api()
      .post(base, { name: 'P', custom_template: 'application', provisioning: true })
      .reply(200, { value: { id: 'p1', name: 'P', custom_template: 'application' } });
    const made = await tenant().providers.create({
      name: 'P',
      template: 'application',
      options: { provisioning: true },
    });
    expect([made.id, made.templates]).toEqual(['p1', ['application']]);
  });

  test('several templates go under their own key', async () => {
    api()
      .post(base, { name: 'P', custom_templates: ['principal', 'application'] })
      .reply(200, { value: { id: 'p1', name: 'P' } });
    await tenant().providers.create({ name: 'P', templates: ['principal', 'application'] });
  });

  test.each([
    ['a/b + ü', 'The provider name "a/b + ü" holds characters that a tenant refuses: "/", "+", "ü".'],
    ['😀', 'The provider name "😀" holds characters that a tenant refuses: "😀".'],
    [' ', 'The provider needs a name.'],
  ])('the name %j is refused before anything is sent', async (name, message) => {
    expect(await rejection(tenant().providers.create({ name, template: 'application' }))).toMatchObject({
      name: 'UsageError',
      exitCode: 2,
      message,
    });
  });

  test('every character that a tenant takes is taken', async () => {
    const name = `aZ09 @#$%&*:()!,_'"=.-`;
    api()
      .post(base, { name, custom_template: 'x' })
      .reply(200, { value: { id: 'p1', name } });
    await tenant().providers.create({ name, template: 'x' });
  });

  test('template and templates together, or neither, are refused', async () => {
    for (const templates of [{}, { template: 'a', templates: ['a'] }]) {
      expect((await rejection(tenant().providers.create({ name: 'P', ...templates }))).code).toBe('usage');
    }
  });

  test('a lost answer is resolved by looking the name up, not by sending again', async () => {
    api().post(base).reply(502, { code: 'Unavailable', message: 'gone' });
    api()
      .get(base)
      .query(true)
      .reply(200, { values: [{ id: 'p9', name: 'P' }] });
    expect((await tenant().providers.create({ name: 'P', template: 'application' })).id).toBe('p9');
  });

  const sent = {
    name: 'P',
    template: 'application',
    options: {
      provisioning: true,
      external_lifecycle_management_type: 'SCIM',
      configuration_json: '{"scim_url":"https://a.example","scim_token":"t"}',
    },
  };
  const shown = { id: 'p9', name: 'P', custom_template: 'application', ...sent.options };

  test.each([
    ['as it was sent', {}],
    ['a number for a word', { external_lifecycle_management_type: 2 }],
    ['no configuration', { configuration_json: '' }],
    ['the configuration in another order', { configuration_json: '{"scim_token":"u","scim_url":"https://a.example"}' }],
    ['a number for its template', { custom_template: 1 }],
    ['both forms of its template', { custom_templates: ['application'] }],
  ])('a lost answer is taken from a provider that shows %s', async (_, changes) => {
    api().post(base).reply(502, {});
    api()
      .get(base)
      .query(true)
      .reply(200, { values: [{ ...shown, ...changes }] });
    expect((await tenant().providers.create(sent)).id).toBe('p9');
  });

  test.each([
    ['provisioning', { provisioning: false }],
    ['external_lifecycle_management_type', { external_lifecycle_management_type: 'SEND_REST_PAYLOAD' }],
    ['configuration_json', { configuration_json: '{"scim_url":"https://b.example","scim_token":"t"}' }],
    ['custom_template', { custom_template: 'hris' }],
    ['state', { state: 'DELETING' }],
  ])('a lost answer is not taken from a provider of the name that differs in %s', async (field, changes) => {
    api().post(base).reply(502, {});
    api()
      .get(base)
      .query(true)
      .reply(200, { values: [{ ...shown, ...changes }] });
    expect(await rejection(tenant().providers.create(sent))).toMatchObject({
      retryable: false,
      mayHaveBeenReceived: true,
      message: expect.stringContaining(
        `differs from what was sent in ${field}: whether this request made it is unknown`,
      ),
    });
  });

  test.each([
    [{ custom_template: 'principal' }, { id: 'd9' }],
    [{}, { id: 'd9' }],
    [{ custom_template: 'application' }, { code: 'remote-failing', mayHaveBeenReceived: true }],
    [{ state: 'DELETING' }, { code: 'remote-failing' }],
    [{ status: 'Deleting' }, { code: 'remote-failing' }],
  ])('a data source whose answer was lost and that shows %j gives %j', async (found, expected) => {
    api().post(`${base}/p1/datasources`).reply(502, {});
    api()
      .get(`${base}/p1/datasources`)
      .query(true)
      .reply(200, { values: [{ id: 'd9', name: 'D', ...found }] });
    const made = tenant().dataSources.create('p1', { name: 'D', template: 'principal' });
    expect(await made.catch((error: unknown) => error)).toMatchObject(expected);
  });

  test('a lost answer and nothing to find gives the first error and says what is unknown', async () => {
    api().post(base).reply(502, { code: 'Unavailable', message: 'gone' });
    api().get(base).query(true).reply(200, { values: [] });
    expect(await rejection(tenant().providers.create({ name: 'P', template: 'application' }))).toMatchObject({
      code: 'remote-failing',
      attempts: 1,
      hint: 'Try again later, or be more patient with OAA_API_RETRIES (--retries, tenant.retries). It is unknown whether the provider "P" was made; look with: oaa provider get.',
    });
  });

  test('a refused duplicate says so', async () => {
    api()
      .post(base)
      .reply(400, {
        code: 'InvalidArgument',
        message: 'Provider with the same name exists',
        request_id: 'r-1',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            field_violations: [{ field: 'name', description: 'exists [P]' }],
          },
        ],
      });
    expect(await rejection(tenant().providers.create({ name: 'P', template: 'application' }))).toMatchObject({
      name: 'RemoteError',
      exitCode: 5,
      remoteCode: 'InvalidArgument',
      requestId: 'r-1',
      message:
        'The tenant at https://acme.vezacloud.com refused POST /api/v1/providers/custom (HTTP 400, InvalidArgument): Provider with the same name exists (request id r-1).\n  name: exists [P]',
    });
  });

  test('a tenant that echoes the configuration does not make its secret visible', async () => {
    api()
      .post(base)
      .reply(400, async (request: Request) => ({ code: 'InvalidArgument', message: await request.text() }));
    const options = { configuration_json: JSON.stringify({ scim_token: 'scim-token-value' }) };
    const error = await rejection(tenant().providers.create({ name: 'P', template: 'application', options }));
    expect(error.message).toContain('(secret)');
    expect(everythingShown(error)).not.toContain('scim-token-value');
  });
});

describe('providers.update, setIcon, delete', () => {
  test('PATCH sends only the changes, is repeated, and returns the provider', async () => {
    api().patch(`${base}/p1`, { provisioning: true }).reply(503, {});
    api()
      .patch(`${base}/p1`, { provisioning: true })
      .reply(200, { value: { id: 'p1', name: 'P', provisioning: true } });
    expect((await tenant().providers.update('p1', { provisioning: true })).provisioning).toBe(true);
  });

  test('a PATCH with an empty answer reads the provider again', async () => {
    api().patch(`${base}/p1`).reply(200, {});
    api()
      .get(`${base}/p1`)
      .reply(200, { value: { id: 'p1', name: 'P' } });
    expect((await tenant().providers.update('p1', {})).name).toBe('P');
  });

  test('a PNG and an SVG icon are sent as base64', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    const svg = Buffer.from('<?xml version="1.0"?>\n<!-- a-b -->\n<svg xmlns="http://www.w3.org/2000/svg"/>');
    for (const icon of [png, svg]) {
      api()
        .post(`${base}/p1:icon`, { icon_base64: icon.toString('base64') })
        .reply(200, {});
      await tenant().providers.setIcon('p1', icon);
    }
  });

  test('an icon of another kind or too large is refused before anything is sent', async () => {
    expect(await rejection(tenant().providers.setIcon('p1', Buffer.from('GIF89a')))).toMatchObject({
      name: 'InputError',
      message: 'The icon is neither a PNG nor an SVG image.',
    });
    const large = Buffer.concat([Buffer.from('<svg >'), Buffer.alloc(47_995)]);
    expect(await rejection(tenant().providers.setIcon('p1', large))).toMatchObject({
      exitCode: 3,
      message: 'The icon has 64004 bytes after base64 and may have at most 64000.',
    });
  });

  test('delete takes an empty answer', async () => {
    api().delete(`${base}/p1`).reply(200, {});
    api().delete(`${base}/p2`).reply(204);
    await tenant().providers.delete('p1');
    await tenant().providers.delete('p2');
  });
});
