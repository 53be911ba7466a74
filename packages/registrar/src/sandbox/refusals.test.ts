import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from './index.ts';
import type { Refusal } from './refusal-table/refusal.ts';
import { refusals } from './refusal-table/refusals.ts';
import { templateRefusals } from './refusal-table/templates.ts';
import { call, makeTarget, samplePayload, type Target } from './test-support.ts';

const limits = { bodyBytes: 250_000, payloadBytes: 100_000, inflatedBytes: 200_000 };
const csvMapping = {
  template_type: 'application',
  column_mappings: ['user', 'role'].map((column_name) => ({ column_name, destination_type: 'local_user' })),
};

let sandbox: Sandbox;
let target: Target;
const otherTargets = new Map<string, Target>();

beforeAll(async () => {
  sandbox = await createSandbox({ limits });
  target = await makeTarget(sandbox, { settings: { csv_mapping_configuration: csvMapping } });
  await makeTarget(sandbox, { provider: 'Taken' });
  for (const template of new Set(templateRefusals.map((refusal) => refusal.template))) {
    otherTargets.set(template, await makeTarget(sandbox, { template, provider: template }));
  }
});
afterAll(() => sandbox.close());

async function expectRefusal(refusal: Refusal, at: Target): Promise<void> {
  const { method = 'GET', path = (known: Target) => known.path, body, headers = {} } = refusal;
  const answer = await call(sandbox, method, path(at), body, headers);
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: refusal.status, code: refusal.code });
  expect(answer.body).toEqual({
    code: refusal.code,
    message: expect.any(String),
    request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/),
    details: expect.any(Array),
  });
  const last = answer.body.details.at(-1);
  expect(last['@type']).toBe('type.googleapis.com/errorstatus.v1.UserFacingErrorInfo');
  const violation = answer.body.details[0].field_violations?.[0];
  expect(violation?.field).toBe(refusal.field);
  if (refusal.naming !== undefined) expect(violation.description).toContain(refusal.naming);
}

describe.each(refusals)('$because', (refusal) => {
  test(`is answered with ${refusal.status} ${refusal.code} ${refusal.field ?? ''} and changes nothing`, async () => {
    await expectRefusal(refusal, target);
    expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes).toEqual([]);
    expect(sandbox.providers().find(({ name }) => name === 'Portal')?.dataSources).toEqual(['portal-eu']);
  });
});

describe.each(templateRefusals)('$because, pushed to a provider of the template $template', (refusal) => {
  test(`is answered with ${refusal.status} ${refusal.code} ${refusal.field ?? ''}`, async () => {
    await expectRefusal(refusal, otherTargets.get(refusal.template) as Target);
  });
});

test('404 names the kind of resource and its id', async () => {
  const { body } = await call(sandbox, 'GET', `${target.path.slice(0, -1)}!`);
  expect(body.details[0]).toEqual({
    '@type': 'type.googleapis.com/errorstatus.v1.ResourceInfo',
    resource_type: 'datasource',
    resource: `${target.dataSourceId.slice(0, -1)}!`,
  });
});

test('405 says which methods there are', async () => {
  const { headers } = await call(sandbox, 'GET', `${target.path}:push`);
  expect(headers.get('allow')).toBe('POST');
});

test('a payload with very many problems lists the first 50 and counts them all', async () => {
  const local_users = Array.from({ length: 70 }, (_, index) => ({ name: `u${index}`, colour: 'red' }));
  const json_data = JSON.stringify(samplePayload({ local_users }));
  const { body } = await call(sandbox, 'POST', `${target.path}:push`, { json_data });
  expect(body.details[0].field_violations).toHaveLength(50);
  expect(body.details[1].metadata).toEqual({ violations: '70' });
});
