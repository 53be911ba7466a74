import { expect, test } from 'vitest';
import { call, makeTarget, providersPath, samplePayload, startSandbox } from './test-support.ts';

const json_data = JSON.stringify(samplePayload());

test.each([
  ['too-many-requests', { kind: 'too-many-requests', retryAfter: 7 }, 429, 'ResourceExhausted', '7'],
  [
    'too-many-requests with a date',
    { kind: 'too-many-requests', retryAfter: 'Sat, 31 Jan 2026 09:00:00 GMT' },
    429,
    'ResourceExhausted',
    'Sat, 31 Jan 2026 09:00:00 GMT',
  ],
  ['server-error', { kind: 'server-error' }, 500, 'Internal', null],
  ['forbidden', { kind: 'forbidden' }, 403, 'PermissionDenied', null],
  ['unavailable', { kind: 'unavailable', retryAfter: 2 }, 503, 'Unavailable', '2'],
] as const)('%s answers once in the error envelope', async (_name, rule, status, code, retryAfter) => {
  const sandbox = await startSandbox({ faults: [rule] });
  const answer = await call(sandbox, 'GET', providersPath);
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('retry-after')).toBe(retryAfter);
  expect((await call(sandbox, 'GET', providersPath)).status).toBe(200);
  expect(sandbox.requests().map((request) => [request.status, request.fault])).toEqual([
    [status, rule.kind],
    [200, undefined],
  ]);
});

test.each([
  ['html-page', 502],
  ['not-json', 200],
] as const)('%s answers %i with a page', async (kind, status) => {
  const sandbox = await startSandbox({ faults: [{ kind }] });
  const answer = await call(sandbox, 'GET', providersPath);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.body).toContain('<html>');
});

test('cut-before does nothing; cut-after does the work and never answers', async () => {
  const sandbox = await startSandbox();
  const { path } = await makeTarget(sandbox);
  const match = { method: 'post', path: '*:push' };
  sandbox.faults.schedule({ kind: 'cut-before', match }, { kind: 'cut-after', match, at: 2 });
  await expect(call(sandbox, 'POST', `${path}:push`, { json_data })).rejects.toThrow();
  expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes).toEqual([]);
  await expect(call(sandbox, 'POST', `${path}:push`, { json_data })).rejects.toThrow();
  expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes).toHaveLength(1);
  expect(sandbox.faults.pending()).toEqual([]);
  const pushes = sandbox.requests().filter((request) => request.path.endsWith(':push'));
  expect(pushes.map(({ status, fault }) => [status, fault])).toEqual([
    [undefined, 'cut-before'],
    [undefined, 'cut-after'],
  ]);
});

test('refused-push refuses the n-th good push, in parts too, and takes nothing in', async () => {
  const sandbox = await startSandbox({ faults: [{ kind: 'refused-push', at: 2 }] });
  const { path } = await makeTarget(sandbox);
  const push = (data: string) => call(sandbox, 'POST', `${path}:push`, { json_data: data });
  expect((await push(json_data)).status).toBe(200);
  expect((await push('{}')).status).toBe(400);
  const start = await call(sandbox, 'POST', `${path}:parts`, { operation: 'start' });
  const { upload_id } = start.body;
  const data = Buffer.from(json_data).toString('base64');
  await call(sandbox, 'POST', `${path}:parts`, { operation: 'upload', upload_id, sequence_number: 1, data });
  const refused = await call(sandbox, 'POST', `${path}:parts`, { operation: 'complete', upload_id, sequence_count: 1 });
  expect(refused.body.details[0].field_violations[0].description).toContain('refused-push');
  expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes).toHaveLength(1);
  expect((await push(json_data)).status).toBe(200);
});

test('latency makes an answer late and goes together with another fault', async () => {
  const sandbox = await startSandbox({
    faults: [{ kind: 'latency', latencyMs: 60 }, { kind: 'unavailable' }],
  });
  const start = performance.now();
  expect((await call(sandbox, 'GET', providersPath)).status).toBe(503);
  expect(performance.now() - start).toBeGreaterThanOrEqual(55);
});

test('other processes set, read and clear faults with the same key', async () => {
  const sandbox = await startSandbox();
  const rule = { kind: 'server-error', match: { path: `${providersPath}*` }, times: 2 };
  const faults = '/sandbox/faults';
  expect((await call(sandbox, 'POST', faults, { faults: [rule] })).body).toEqual({ faults: [rule] });
  expect((await call(sandbox, 'GET', providersPath)).status).toBe(500);
  expect((await call(sandbox, 'GET', faults)).body).toEqual({ faults: [rule] });
  expect((await call(sandbox, 'DELETE', faults)).body).toEqual({});
  expect((await call(sandbox, 'GET', providersPath)).status).toBe(200);
  expect((await call(sandbox, 'GET', faults, undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
  const bad = await call(sandbox, 'POST', faults, { faults: [{ kind: 'earthquake' }] });
  expect(bad.body.details[0].field_violations[0].field).toBe('faults.kind');
});

test('a rule that makes no sense is refused when it is set', async () => {
  const sandbox = await startSandbox();
  expect(() => sandbox.faults.schedule({ kind: 'server-error', rate: 2 })).toThrow('0.rate');
});

test('random faults are the same in every run with the same seed', async () => {
  const run = async (seed: number): Promise<number[]> => {
    const sandbox = await startSandbox({ seed, faults: [{ kind: 'unavailable', rate: 0.5 }] });
    const statuses: number[] = [];
    for (let request = 0; request < 20; request += 1) statuses.push((await call(sandbox, 'GET', providersPath)).status);
    return statuses;
  };
  const first = await run(7);
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(await run(7)).toEqual(first);
  expect(await run(8)).not.toEqual(first);
});
