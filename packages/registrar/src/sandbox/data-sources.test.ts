import { expect, test } from 'vitest';
import { call, makeTarget, manualClock, providersPath, samplePayload, startSandbox } from './test-support.ts';

test('a data source takes the only template of its provider', async () => {
  const sandbox = await startSandbox();
  const { path, providerId, dataSourceId } = await makeTarget(sandbox, { template: 'hris' });
  const { body } = await call(sandbox, 'GET', path);
  expect(body.value).toMatchObject({
    id: dataSourceId,
    name: 'portal-eu',
    provider_id: providerId,
    custom_template: 'hris',
    status: 'PENDING',
    state: 'ENABLED',
  });
});

test('a provider with several templates wants one named for each data source', async () => {
  const sandbox = await startSandbox();
  const provider = await call(sandbox, 'POST', providersPath, {
    name: 'Several',
    custom_templates: ['principal', 'application'],
  });
  const dataSources = `${providersPath}/${provider.body.value.id}/datasources`;
  const without = await call(sandbox, 'POST', dataSources, { name: 'people' });
  expect(without.body.details[0].field_violations).toEqual([
    {
      field: 'custom_template',
      description: 'Required on a provider with several templates (principal, application)',
    },
  ]);
  const named = await call(sandbox, 'POST', dataSources, { name: 'people', custom_template: 'principal' });
  expect(named.body.value.custom_template).toBe('principal');
});

test('after a push the status is PENDING while it is parsed, then SUCCESS', async () => {
  const clock = manualClock();
  const sandbox = await startSandbox({ now: clock.now, parseMs: 2_000 });
  const { path, dataSourceId } = await makeTarget(sandbox);
  const jobs = `/api/v1/providers/datasources/${dataSourceId}`;
  const status = async (job: string) => (await call(sandbox, 'GET', `${jobs}/${job}`)).body.job_status;
  expect(await status('parse_status')).toMatchObject({ job_type: 'PARSE', state: 'PENDING' });
  await call(sandbox, 'POST', `${path}:push`, { json_data: JSON.stringify(samplePayload()) });
  expect((await call(sandbox, 'GET', path)).body.value.status).toBe('PENDING');
  expect(await status('sync_status')).toMatchObject({ job_type: 'EXTRACTION', state: 'COMPLETED', status: 'OK' });
  expect(await status('parse_status')).toMatchObject({ state: 'IN_PROGRESS' });
  clock.advance(2_000);
  expect((await call(sandbox, 'GET', path)).body.value).toMatchObject({
    status: 'SUCCESS',
    parsed_at: '2026-01-31T09:00:02.000Z',
  });
  expect(await status('parse_status')).toMatchObject({ state: 'COMPLETED', status: 'OK', duration: '2s' });
  expect(sandbox.dataSource('Portal', 'portal-eu')?.status).toBe('SUCCESS');
});

test('a data source is deleted in the background', async () => {
  const clock = manualClock();
  const sandbox = await startSandbox({ now: clock.now, deletionMs: 1_000 });
  const { path } = await makeTarget(sandbox);
  expect((await call(sandbox, 'DELETE', path)).body).toEqual({});
  expect((await call(sandbox, 'GET', path)).body.value.status).toBe('DELETING');
  expect((await call(sandbox, 'POST', `${path}:parts`, { operation: 'start' })).status).toBe(400);
  clock.advance(1_000);
  expect((await call(sandbox, 'GET', path)).status).toBe(404);
  expect(sandbox.providers()[0]?.dataSources).toEqual([]);
});
