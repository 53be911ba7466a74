import { expect, test } from 'vitest';
import {
  call,
  idSequence,
  makeTarget,
  manualClock,
  providersPath,
  samplePayload,
  startSandbox,
} from './test-support.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const svg = Buffer.from('<?xml version="1.0"?>\n<!-- a circle -->\n<svg xmlns="http://www.w3.org/2000/svg"/>');

test('a sandbox starts empty', async () => {
  const sandbox = await startSandbox();
  const { status, body } = await call(sandbox, 'GET', providersPath);
  expect(status).toBe(200);
  expect(body).toEqual({ values: [], next_page_token: expect.any(String), has_more: false });
  expect(sandbox.providers()).toEqual([]);
});

test('the templates are listed for any good key', async () => {
  const sandbox = await startSandbox();
  const { body } = await call(sandbox, 'GET', `${providersPath}/templates`);
  expect(body.values.map(({ name }: { name: string }) => name)).toContain('application');
});

test('a created provider is answered in full, found by id and by name, and seen by the inspection', async () => {
  const sandbox = await startSandbox({ newId: idSequence() });
  const settings = { provisioning: true, configuration_json: '{"scim_url":"https://scim.example.com"}', push_type: 2 };
  const created = await call(sandbox, 'POST', providersPath, {
    name: 'Portal',
    custom_template: 'application',
    ...settings,
  });
  expect(created.status).toBe(200);
  expect(created.body.value).toMatchObject({
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Portal',
    custom_template: 'application',
    custom_templates: ['application'],
    state: 'ENABLED',
    application_types: [],
    schema_definition_json: 'e30=',
    ...settings,
  });
  const { id } = created.body.value;
  expect((await call(sandbox, 'GET', `${providersPath}/${id}`)).body).toEqual(created.body);
  const found = await call(sandbox, 'GET', `${providersPath}?filter=name+eq+%22Portal%22`);
  expect(found.body.values).toEqual([created.body.value]);
  expect(sandbox.providers()).toEqual([
    { id, name: 'Portal', state: 'ENABLED', templates: ['application'], icon: undefined, dataSources: [], settings },
  ]);
});

test('PATCH changes the given keys only', async () => {
  const sandbox = await startSandbox();
  const { providerId } = await makeTarget(sandbox, { settings: { internal_app_name: 'portal' } });
  const changed = await call(sandbox, 'PATCH', `${providersPath}/${providerId}`, {
    provisioning: true,
    external_lifecycle_management_type: 'SCIM',
  });
  expect(changed.status).toBe(200);
  expect(changed.body.value).toMatchObject({
    name: 'Portal',
    internal_app_name: 'portal',
    provisioning: true,
    external_lifecycle_management_type: 'SCIM',
  });
  const renamed = await call(sandbox, 'PATCH', `${providersPath}/${providerId}`, { name: 'Portal 2' });
  expect(renamed.body.value).toMatchObject({ name: 'Portal 2', provisioning: true });
});

test.each([
  ['png', png],
  ['svg', svg],
])('an icon in %s is kept', async (format, bytes) => {
  const sandbox = await startSandbox();
  const { providerId } = await makeTarget(sandbox);
  const answer = await call(sandbox, 'POST', `${providersPath}/${providerId}:icon`, {
    icon_base64: bytes.toString('base64'),
  });
  expect(answer).toMatchObject({ status: 200, body: {} });
  expect(sandbox.providers()[0]?.icon).toEqual({ format, bytes: bytes.length });
});

test('a deletion goes on in the background: state DELETING, the name stays taken, then all is gone', async () => {
  const clock = manualClock();
  const sandbox = await startSandbox({ now: clock.now, deletionMs: 1_000 });
  const { providerId, path } = await makeTarget(sandbox);
  const provider = `${providersPath}/${providerId}`;
  expect((await call(sandbox, 'DELETE', provider)).body).toEqual({});
  expect((await call(sandbox, 'GET', provider)).body.value.state).toBe('DELETING');
  const taken = await call(sandbox, 'POST', providersPath, { name: 'Portal', custom_template: 'application' });
  expect(taken.status).toBe(400);
  const changes = [
    ['POST', `${path}:push`, { json_data: JSON.stringify(samplePayload()) }],
    ['POST', `${path}:push_csv`, { csv_data: btoa('name\nkim\n') }],
    ['POST', `${path}:parts`, { operation: 'start' }],
    ['POST', `${provider}:icon`, { icon_base64: svg.toString('base64') }],
    ['POST', `${provider}/datasources`, { name: 'another' }],
    ['PATCH', provider, { provisioning: true }],
  ] as const;
  for (const [method, changed, body] of changes) {
    const answer = await call(sandbox, method, changed, body);
    expect({ changed, violations: answer.body.details?.[0].field_violations }).toEqual({
      changed,
      violations: [{ field: 'id', description: 'The provider is being deleted (Portal)' }],
    });
  }
  clock.advance(999);
  expect((await call(sandbox, 'DELETE', provider)).status).toBe(200);
  clock.advance(1);
  expect((await call(sandbox, 'GET', provider)).status).toBe(404);
  expect((await call(sandbox, 'GET', '/api/v1/providers/datasources')).body.values).toEqual([]);
  expect((await makeTarget(sandbox)).providerId).not.toBe(providerId);
});

test('reset leaves an empty tenant at the same address with the same key', async () => {
  const sandbox = await startSandbox({ faults: [{ kind: 'server-error', at: 50 }] });
  const { url, apiKey } = sandbox;
  await makeTarget(sandbox);
  await sandbox.reset();
  expect(sandbox.providers()).toEqual([]);
  expect(sandbox.requests()).toEqual([]);
  expect(sandbox.faults.pending()).toEqual([]);
  expect({ url: sandbox.url, apiKey: sandbox.apiKey }).toEqual({ url, apiKey });
  expect((await call(sandbox, 'GET', providersPath)).body.values).toEqual([]);
});
