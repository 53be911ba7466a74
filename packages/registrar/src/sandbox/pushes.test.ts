import { expect, test } from 'vitest';
import {
  call,
  gzipBase64,
  makeTarget,
  manualClock,
  providersPath,
  samplePayload,
  startSandbox,
  type Target,
} from './test-support.ts';

const json = JSON.stringify(samplePayload());
const bytes = Buffer.byteLength(json);

test.each([
  ['plain', { json_data: json }],
  ['plain', { json_data: json, compression_type: 'none' }],
  ['gzip', { json_data: gzipBase64(json), compression_type: 'GZIP' }],
])('a %s push is taken in and answered with its warnings', async (mode, body) => {
  const clock = manualClock();
  const sandbox = await startSandbox({ now: clock.now });
  const { path, providerId, dataSourceId } = await makeTarget(sandbox);
  const answer = await call(sandbox, 'POST', `${path}:push`, { id: providerId, data_source_id: dataSourceId, ...body });
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { warnings: [] } });
  expect(sandbox.dataSource('Portal', 'portal-eu')).toMatchObject({
    payload: samplePayload(),
    csv: undefined,
    pushes: [{ at: '2026-01-31T09:00:00.000Z', mode, bytes, warnings: [] }],
    counts: {
      applications: 1,
      local_users: 1,
      local_groups: 1,
      local_roles: 1,
      local_access_creds: 1,
      resources: 1,
      sub_resources: 1,
      permissions: 1,
      identity_to_permissions: 1,
    },
  });
});

test('a push replaces the whole payload; a refused one changes nothing', async () => {
  const sandbox = await startSandbox();
  const { path, providerId } = await makeTarget(sandbox);
  const push = (payload: unknown) => call(sandbox, 'POST', `${path}:push`, { json_data: JSON.stringify(payload) });
  await push(samplePayload());
  expect((await push(samplePayload({ colour: 'red' }))).status).toBe(400);
  expect(sandbox.dataSource('Portal', 'portal-eu')?.payload).toEqual(samplePayload());
  const smaller = { applications: [{ name: 'Portal EU', application_type: 'portal-2' }] };
  expect((await push(smaller)).status).toBe(200);
  expect(sandbox.dataSource('Portal', 'portal-eu')).toMatchObject({ payload: smaller, counts: { applications: 1 } });
  expect((await call(sandbox, 'GET', `${providersPath}/${providerId}`)).body.value.application_types).toEqual([
    'portal-2',
  ]);
});

test('an incremental push after a full one is refused until this sandbox applies them', async () => {
  const sandbox = await startSandbox();
  const { path } = await makeTarget(sandbox);
  await call(sandbox, 'POST', `${path}:push`, { json_data: json });
  const answer = await call(sandbox, 'POST', `${path}:push`, {
    json_data: JSON.stringify({ ...samplePayload(), incremental_change: true }),
  });
  expect(answer.body.details[0].field_violations[0].field).toBe('incremental_change');
});

const strangers = samplePayload({
  local_users: [
    { name: 'ada', identities: ['Ada@example.com', 'ada'] },
    { name: 'bob', identities: ['bob@example.com'] },
    { name: 'cy' },
  ],
  local_groups: [{ name: 'staff', identities: ['staff@example.com'] }],
  local_roles: [{ name: 'reader', permissions: ['read'] }, { name: 'empty' }],
});
strangers.identity_to_permissions.push(
  {
    identity: 'eve@example.com',
    identity_type: 'idp',
    application_permissions: [{ application: 'Portal EU', permission: 'read', apply_to_application: true }],
  },
  {
    identity: 'ghost',
    identity_type: 'local_user',
    application_permissions: [{ application: 'Portal EU', permission: 'read', apply_to_application: true }],
  },
);

test('identities that no identity provider knows and roles without permissions are warnings', async () => {
  const sandbox = await startSandbox();
  const { path } = await makeTarget(sandbox);
  const { body } = await call(sandbox, 'POST', `${path}:push`, { json_data: JSON.stringify(strangers) });
  expect(body.warnings).toEqual([
    { message: 'Cannot find identity by names (Ada@example.com, ada)' },
    { message: 'Cannot find identity by names (bob@example.com)' },
    { message: 'Cannot find identity by names (staff@example.com)' },
    { message: 'Role is missing permission (application: Portal EU, role: empty)' },
    { message: 'Cannot find identity by names (eve@example.com)' },
    { message: 'Cannot find identity by names (ghost)' },
  ]);
  expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes[0]?.warnings).toEqual(body.warnings);
});

test('users and groups of an identity provider in the sandbox are known, whatever the case', async () => {
  const sandbox = await startSandbox();
  const directory = await makeTarget(sandbox, { provider: 'Directory', template: 'identity_provider' });
  await call(sandbox, 'POST', `${directory.path}:push`, {
    json_data: JSON.stringify({
      name: 'Directory',
      idp_type: 'ldap',
      domains: [{ name: 'example.com' }],
      users: [
        { name: 'ada', identity: 'a1', email: 'ada@example.com' },
        { name: 'bob@example.com' },
        { name: 'eve', email: 'EVE@example.com' },
      ],
      groups: [{ name: 'staff@example.com' }],
    }),
  });
  const { path } = await makeTarget(sandbox);
  const { body } = await call(sandbox, 'POST', `${path}:push`, { json_data: JSON.stringify(strangers) });
  expect(body.warnings.map(({ message }: { message: string }) => message)).toEqual([
    'Role is missing permission (application: Portal EU, role: empty)',
    'Cannot find identity by names (ghost)',
  ]);
});

test('very many warnings are cut, and the cut is told', async () => {
  const sandbox = await startSandbox();
  const { path } = await makeTarget(sandbox);
  const local_users = Array.from({ length: 1_500 }, (_, index) => ({ name: `u${index}`, identities: [`u${index}@x`] }));
  const payload = { ...samplePayload({ local_users }), identity_to_permissions: [] };
  const { body } = await call(sandbox, 'POST', `${path}:push`, { json_data: JSON.stringify(payload) });
  expect(body.warnings).toHaveLength(1_001);
  expect(body.warnings.at(-1)).toEqual({ message: 'Further warnings were left out (500)' });
});

const parts = (sandbox: Parameters<typeof call>[0], { path }: Target) => {
  const send = (body: unknown) => call(sandbox, 'POST', `${path}:parts`, body);
  return {
    start: async (): Promise<string> => (await send({ operation: 'start' })).body.upload_id,
    upload: (upload_id: string, sequence_number: number, data: string) =>
      send({ operation: 'upload', upload_id, sequence_number, data: Buffer.from(data).toString('base64') }),
    complete: (upload_id: string, sequence_count: number) => send({ operation: 'complete', upload_id, sequence_count }),
  };
};

test('parts may come in any order and more than once', async () => {
  const sandbox = await startSandbox();
  const { start, upload, complete } = parts(sandbox, await makeTarget(sandbox));
  const id = await start();
  expect((await upload(id, 2, json.slice(100))).body).toEqual({ status: 'UPLOADED' });
  expect((await upload(id, 1, json.slice(0, 100))).status).toBe(200);
  expect((await upload(id, 1, json.slice(0, 100))).status).toBe(200);
  expect((await complete(id, 2)).body).toEqual({ warnings: [] });
  expect(sandbox.dataSource('Portal', 'portal-eu')).toMatchObject({
    payload: samplePayload(),
    pushes: [{ mode: 'parts', bytes }],
  });
  expect((await complete(id, 2)).body.details[0].field_violations[0].field).toBe('upload_id');
});

test('an upload with a gap, a wrong count or a changed part is refused and can be mended', async () => {
  const sandbox = await startSandbox();
  const { start, upload, complete } = parts(sandbox, await makeTarget(sandbox));
  const id = await start();
  await upload(id, 1, json.slice(0, 50));
  await upload(id, 3, json.slice(100));
  const violation = async (answer: ReturnType<typeof upload>) => (await answer).body.details[0].field_violations[0];
  expect(await violation(complete(id, 3))).toEqual({
    field: 'sequence_number',
    description: 'Parts are missing between the uploaded ones (2)',
  });
  expect(await violation(upload(id, 1, 'other'))).toMatchObject({ field: 'sequence_number' });
  await upload(id, 2, json.slice(50, 100));
  expect(await violation(complete(id, 2))).toEqual({
    field: 'sequence_count',
    description: 'Number of uploaded parts differs (sent: 2, uploaded: 3)',
  });
  expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes).toEqual([]);
  expect((await complete(id, 3)).status).toBe(200);
});

test('an upload belongs to its data source, and its size is limited', async () => {
  const sandbox = await startSandbox({ limits: { payloadBytes: 1_000 } });
  const first = parts(sandbox, await makeTarget(sandbox));
  const second = parts(sandbox, await makeTarget(sandbox, { provider: 'Other' }));
  const id = await first.start();
  expect((await second.upload(id, 1, 'x')).body.details[0].field_violations[0].field).toBe('upload_id');
  expect((await first.upload(id, 1, 'x'.repeat(600))).status).toBe(200);
  expect((await first.upload(id, 2, 'x'.repeat(600))).body.details[0].field_violations[0]).toEqual({
    field: 'data',
    description: 'Parts together are larger than 1000 bytes',
  });
});

test('a bad payload in parts is refused as in one piece', async () => {
  const sandbox = await startSandbox();
  const { start, upload, complete } = parts(sandbox, await makeTarget(sandbox));
  const id = await start();
  await upload(id, 1, '{"applications": [{"name": "x"}]}');
  expect((await complete(id, 1)).body.details[0].field_violations[0].field).toBe('applications.application_type');
});

const mapping = {
  template_type: 'application',
  column_mappings: ['user', 'role'].map((column_name) => ({ column_name, destination_type: 'local_user' })),
};
const csv = '\ufeffuser,"role",unused\r\nada,reader,1\r\n"bob, the builder","a\nb",2\r\n';

test('a CSV file is kept with the number of its rows', async () => {
  const sandbox = await startSandbox();
  const { path } = await makeTarget(sandbox, { settings: { csv_mapping_configuration: mapping } });
  const answer = await call(sandbox, 'POST', `${path}:push_csv`, { csv_data: Buffer.from(csv).toString('base64') });
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { warnings: [] } });
  expect(sandbox.dataSource('Portal', 'portal-eu')).toMatchObject({
    payload: undefined,
    csv: { text: csv.slice(1), rows: 2 },
    pushes: [{ mode: 'csv', bytes: Buffer.byteLength(csv), warnings: [] }],
    counts: {},
  });
});

test('a CSV file needs the column mapping of the provider', async () => {
  const sandbox = await startSandbox();
  const { path } = await makeTarget(sandbox);
  const { body } = await call(sandbox, 'POST', `${path}:push_csv`, { csv_data: Buffer.from(csv).toString('base64') });
  expect(body.details[0].field_violations).toEqual([
    { field: 'csv_mapping_configuration', description: 'Provider has no CSV column mapping (Portal)' },
  ]);
});
