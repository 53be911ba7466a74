import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { everythingShown, rejection, testApiKey } from '../http/test-support.ts';
import { base64Length } from './base64.ts';
import { preparePush } from './prepare-push.ts';
import type { PushProgress } from './push-types.ts';
import { portal, type Reply, standIn, target, tenantOf } from './test-support.ts';

const payload = { applications: [{ name: 'Pört"al\n😀', local_users: [] }], permissions: [] };
const accepted = (): Reply => [200, { warnings: [] }];
const pushPath = 'POST /p1/datasources/d1:push';

/** A payload whose compressed form is as large as its content: `count` random names of 400 letters. */
function incompressible(count: number) {
  return { applications: Array.from({ length: count }, () => ({ name: randomBytes(200).toString('hex') })) };
}

describe('push', () => {
  test('sends base64 of gzip and returns what the tenant said', async () => {
    const server = await standIn({
      ...portal,
      [pushPath]: () => [200, { warnings: [{ message: 'a' }, { Message: 'b\u001b[1m' }, 'c', { other: 1 }] }],
    });
    const result = await tenantOf(server).push({ ...target, payload });
    const request = server.seen.at(-1);
    const { json_data: data, ...rest } = JSON.parse(request?.text ?? '');
    expect(rest).toEqual({ id: 'p1', data_source_id: 'd1', compression_type: 'GZIP' });
    expect(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString())).toEqual(payload);
    expect(request?.headers['content-length']).toBe(String(request?.text.length));
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    expect(result).toMatchObject({
      provider: { id: 'p1', name: 'Portal' },
      dataSource: { id: 'd1', name: 'Main' },
      warnings: [{ message: 'a' }, { message: 'b [1m' }, { message: 'c' }, { message: '{"other":1}' }],
      mode: 'gzip',
      jsonBytes: Buffer.byteLength(JSON.stringify(payload)),
      sentBytes: request?.text.length,
      parts: 1,
    });
  });

  test('without compression sends the text itself', async () => {
    const server = await standIn({ ...portal, [pushPath]: accepted });
    const result = await tenantOf(server).push({ ...target, payload, compression: 'none' });
    expect(JSON.parse(server.seen.at(-1)?.text ?? '')).toEqual({
      id: 'p1',
      data_source_id: 'd1',
      json_data: JSON.stringify(payload),
    });
    expect([result.mode, result.parts]).toEqual(['plain', 1]);
  });

  test('an answer without warnings has none', async () => {
    const server = await standIn({ ...portal, [pushPath]: () => [200, {}] });
    expect((await tenantOf(server).push({ ...target, payload })).warnings).toEqual([]);
  });

  test('tells its progress', async () => {
    const server = await standIn({ ...portal, [pushPath]: accepted });
    const progress: PushProgress[] = [];
    const result = await tenantOf(server).push({ ...target, payload, onProgress: (step) => progress.push(step) });
    expect(progress[0]).toEqual({ phase: 'prepare', sentBytes: 0, totalBytes: 0, part: 1, parts: 1 });
    expect(progress.at(-1)).toEqual({
      phase: 'answer',
      sentBytes: result.sentBytes,
      totalBytes: result.sentBytes,
      part: 1,
      parts: 1,
    });
  });

  test('is sent again, whole, after 503 and after a cut connection', async () => {
    const server = await standIn({
      ...portal,
      [pushPath]: (_, count) => (count === 1 ? [503, {}] : count === 2 ? undefined : [200, { warnings: [] }]),
    });
    await tenantOf(server).push({ ...target, payload });
    const bodies = server.seen.slice(-3).map(({ text }) => text);
    expect(new Set(bodies).size).toBe(1);
    expect(server.lines().filter((line) => line === pushPath)).toHaveLength(3);
  });

  test('20 MB travel in small pieces and arrive whole', async () => {
    const large = incompressible(50_000);
    const text = JSON.stringify(large);
    expect(text.length).toBeGreaterThan(20_000_000);
    const prepared = await preparePush({ payload: large });
    if (prepared.mode === 'parts') throw new Error('one request was expected');
    const hash = createHash('sha256');
    let largest = 0;
    let total = 0;
    let compressed = '';
    for (const chunk of prepared.content()) {
      largest = Math.max(largest, chunk.length);
      total += chunk.length;
      compressed += Buffer.from(chunk).toString('latin1');
    }
    expect(largest).toBeLessThanOrEqual(65_536);
    expect(total).toBe(prepared.contentBytes);
    hash.update(gunzipSync(Buffer.from(compressed, 'base64')));
    expect(hash.digest('hex')).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('a payload that changes between two attempts is not sent in part', async () => {
    const names = ['a'];
    const server = await standIn({
      ...portal,
      [pushPath]: () => {
        names.push('b');
        return [503, {}];
      },
    });
    const growing = { jsonChunks: () => [JSON.stringify({ names })] };
    expect(await rejection(tenantOf(server).push({ ...target, payload: growing, compression: 'none' }))).toMatchObject({
      name: 'InputError',
      message: 'The payload changed while it was being pushed.',
    });
  });
});

describe('where a push goes', () => {
  test('a missing provider is an error, and nothing is made', async () => {
    const server = await standIn({ ...portal, 'GET ': () => [200, { values: [] }] });
    expect(await rejection(tenantOf(server).push({ ...target, payload }))).toMatchObject({
      name: 'RemoteError',
      code: 'not-found',
      exitCode: 5,
      message: 'The tenant has no provider named "Portal".',
      hint: 'Check the name with: oaa provider list. To make it with this push add --create-provider.',
    });
    expect(server.lines()).toEqual(['GET ?filter=name+eq+%22Portal%22&page_size=100']);
  });

  test('createProvider makes it, and the data source is made in any case', async () => {
    const server = await standIn({
      'GET ': () => [200, { values: [] }],
      'POST ': () => [200, { value: { id: 'p1', name: 'Portal', custom_template: 'application' } }],
      'GET /p1/datasources': () => [200, { values: [] }],
      'POST /p1/datasources': () => [200, { value: { id: 'd1', name: 'Main' } }],
      [pushPath]: accepted,
    });
    await tenantOf(server).push({ ...target, payload, createProvider: { template: 'application' } });
    const posts = server.seen.filter(({ line }) => line.startsWith('POST')).slice(0, 2);
    expect(posts.map(({ text }) => JSON.parse(text))).toEqual([
      { name: 'Portal', custom_template: 'application' },
      { id: 'p1', name: 'Main' },
    ]);
  });

  test('a provider with several templates needs one for the data source', async () => {
    const server = await standIn({
      'GET ': () => [200, { values: [{ id: 'p1', name: 'Portal', custom_templates: ['application', 'principal'] }] }],
      'GET /p1/datasources': () => [200, { values: [] }],
      'POST /p1/datasources': () => [200, { value: { id: 'd1', name: 'Main' } }],
      [pushPath]: accepted,
    });
    await tenantOf(server).push({ ...target, payload, template: 'principal' });
    const made = server.seen.find(({ line }) => line === 'POST /p1/datasources');
    expect(JSON.parse(made?.text ?? '')).toEqual({ id: 'p1', name: 'Main', custom_template: 'principal' });
  });

  test('somebody else made the provider at the same moment', async () => {
    const server = await standIn({
      ...portal,
      'GET ': (_, count) => (count === 1 ? [200, { values: [] }] : portal['GET ']()),
      'POST ': () => [400, { code: 'InvalidArgument', message: 'exists' }],
      [pushPath]: accepted,
    });
    const result = await tenantOf(server).push({ ...target, payload, createProvider: { template: 'application' } });
    expect(result.provider.id).toBe('p1');
  });

  test('a provider that is being deleted takes nothing', async () => {
    const server = await standIn({
      'GET ': () => [200, { values: [{ id: 'p1', name: 'Portal', state: 'DELETING' }] }],
    });
    expect(await rejection(tenantOf(server).push({ ...target, payload }))).toMatchObject({
      code: 'remote-refused',
      exitCode: 5,
      message: 'The provider "Portal" is being deleted (state DELETING).',
    });
  });

  test('names that a tenant refuses are refused before anything is sent', async () => {
    const server = await standIn(portal);
    expect((await rejection(tenantOf(server).push({ ...target, dataSource: 'a/b', payload }))).message).toBe(
      'The data source name "a/b" holds characters that a tenant refuses: "/".',
    );
    expect(server.seen).toEqual([]);
  });
});

describe('a push that fails', () => {
  test('a refused payload: violations, one request', async () => {
    const server = await standIn({
      ...portal,
      [pushPath]: () => [
        400,
        {
          code: 'InvalidArgument',
          message: 'Invalid payload',
          request_id: 'r-7',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.BadRequest',
              field_violations: [
                { field: 'identity_to_permissions.role_assignments.role', description: 'unknown roles [x]' },
              ],
            },
          ],
        },
      ],
    });
    const error = await rejection(tenantOf(server).push({ ...target, payload }));
    expect(error).toMatchObject({
      name: 'RemoteError',
      exitCode: 5,
      requestId: 'r-7',
      violations: [{ field: 'identity_to_permissions.role_assignments.role', description: 'unknown roles [x]' }],
    });
    expect(server.lines().filter((line) => line === pushPath)).toHaveLength(1);
  });

  test('a lost answer says what is unknown', async () => {
    const server = await standIn({ ...portal, [pushPath]: () => undefined });
    const error = await rejection(tenantOf(server).push({ ...target, payload }));
    expect(error).toMatchObject({ code: 'unreachable', exitCode: 6, attempts: 3, mayHaveBeenReceived: true });
    expect(error.hint).toContain('It is unknown whether the tenant has taken this push in; pushing again is safe');
    expect(everythingShown(error)).not.toContain(testApiKey);
  });

  test('time-out names OAA_API_TIMEOUT', async () => {
    const server = await standIn({ ...portal, [pushPath]: () => new Promise<Reply>(() => undefined) });
    const error = await rejection(
      tenantOf(server, { timeoutMs: 150, retries: 0, retryPolicy: {} }).push({ ...target, payload }),
    );
    expect(error).toMatchObject({ code: 'timeout', exitCode: 6 });
    expect(error.hint).toContain('Raise the time-out with OAA_API_TIMEOUT (--timeout, tenant.timeoutSeconds).');
  });

  test('a success that says nothing is no success', async () => {
    const server = await standIn({ ...portal, [pushPath]: () => [200, 'fine'] });
    expect(await rejection(tenantOf(server).push({ ...target, payload }))).toMatchObject({
      code: 'response-invalid',
      message: `The tenant's answer to "POST /api/v1/providers/custom/p1/datasources/d1:push" is not a JSON object.`,
      hint: expect.stringContaining('It is unknown whether the tenant has taken this push in'),
    });
  });

  test('abort ends it', async () => {
    const stop = new AbortController();
    const server = await standIn({
      ...portal,
      [pushPath]: () => {
        stop.abort();
        return new Promise<Reply>(() => undefined);
      },
    });
    expect(await rejection(tenantOf(server).push({ ...target, payload, signal: stop.signal }))).toMatchObject({
      code: 'aborted',
      mayHaveBeenReceived: true,
    });
    const early = { ...target, payload, signal: AbortSignal.abort() };
    expect(await rejection(tenantOf(server).push(early))).toMatchObject({
      code: 'aborted',
      mayHaveBeenReceived: false,
    });
  });

  test('an older push is not sent again once a newer one has begun, nor started', async () => {
    let newer: Promise<unknown> | undefined;
    const server = await standIn({
      ...portal,
      [pushPath]: async (request) => {
        if (Buffer.from(JSON.parse(request.text).json_data, 'base64').length > 60) return [200, { warnings: [] }];
        newer = tenant.push({ ...target, payload });
        await newer;
        return [503, {}];
      },
    });
    const tenant = tenantOf(server);
    const error = await rejection(tenant.push({ ...target, payload: { a: 1 } }));
    expect(error).toMatchObject({
      name: 'UnreachableError',
      code: 'push-superseded',
      retryable: false,
      message: 'This push to the data source "Main" was given up because a newer one has begun.',
      hint: 'Nothing to do: the newer push carries the newer state.',
    });
    await expect(newer).resolves.toMatchObject({ mode: 'gzip' });
    expect(server.lines().filter((line) => line === pushPath)).toHaveLength(2);
  });
});

describe('a payload that is too large', () => {
  test('for one request: figures, and nothing was sent', async () => {
    const piece = 'x'.repeat(1_000_000);
    const huge = { jsonChunks: () => ['"', ...Array.from({ length: 101 }, () => piece), '"'] };
    const server = await standIn(portal);
    const options = { ...target, payload: huge, compression: 'none', multipart: 'never' } as const;
    expect(await rejection(tenantOf(server).push(options))).toMatchObject({
      name: 'InputError',
      code: 'payload-too-large',
      exitCode: 3,
      message:
        'The payload is too large for one request: 101,000,002 bytes without compression (101,000,002 bytes of JSON); a tenant takes at most 100,000,000. Nothing was sent.',
      hint: 'Compress it (compression "gzip"), or spread the payload over several data sources.',
    });
    expect(server.seen).toEqual([]);
  });

  test('for one request and for all parts together: nothing was sent', async () => {
    const piece = 'x'.repeat(1_000_000);
    const huge = { jsonChunks: () => ['"', ...Array.from({ length: 101 }, () => piece), '"'] };
    const server = await standIn(portal);
    const options = { ...target, payload: huge, compression: 'none' } as const;
    expect(await rejection(tenantOf(server).push(options))).toMatchObject({
      code: 'payload-too-large',
      message:
        'The payload is too large for one request: 101,000,002 bytes without compression (101,000,002 bytes of JSON); a tenant takes at most 100,000,000. Nothing was sent.',
      hint: 'Compress it (compression "gzip"), or spread the payload over several data sources.',
    });
    expect(server.seen).toEqual([]);
  });

  test('for parts together goes compressed in one request where that fits', async () => {
    const piece = 'x'.repeat(1_000_000);
    const huge = { jsonChunks: () => ['"', ...Array.from({ length: 101 }, () => piece), '"'] };
    const server = await standIn({ ...portal, [pushPath]: accepted });
    const { mode } = await tenantOf(server).push({ ...target, payload: huge, multipartThresholdBytes: 20 });
    expect(mode).toBe('gzip');
  });

  test('for parts: figures, and nothing was sent', async () => {
    const server = await standIn(portal);
    const options = { ...target, payload: { a: 'x'.repeat(990) }, multipart: 'always', partSizeBytes: 10 } as const;
    expect(await rejection(tenantOf(server).push(options))).toMatchObject({
      code: 'payload-too-large',
      message:
        'The payload has 998 bytes of JSON, which makes 100 parts of 10 bytes; a tenant takes at most 99 parts. Nothing was sent.',
    });
    expect(server.seen).toEqual([]);
  });

  test('sizes that are no sizes are refused', async () => {
    const server = await standIn(portal);
    expect((await rejection(tenantOf(server).push({ ...target, payload, partSizeBytes: 0 }))).message).toBe(
      'partSizeBytes must be a whole number of bytes, more than 0.',
    );
  });
});

describe('pushCsv', () => {
  const csv = Buffer.from('id,name\n1,kim\n');

  test('sends the file as base64', async () => {
    const server = await standIn({ ...portal, 'POST /p1/datasources/d1:push_csv': accepted });
    const result = await tenantOf(server).pushCsv({ ...target, csv });
    expect(JSON.parse(server.seen.at(-1)?.text ?? '')).toEqual({
      id: 'p1',
      data_source_id: 'd1',
      csv_data: csv.toString('base64'),
    });
    expect(result).toMatchObject({ mode: 'csv', jsonBytes: csv.length, parts: 1 });
    expect(result.sentBytes).toBeGreaterThan(base64Length(csv.length));
  });

  test('an empty or too large file is refused before anything is sent', async () => {
    const server = await standIn(portal);
    expect(await rejection(tenantOf(server).pushCsv({ ...target, csv: Buffer.alloc(0) }))).toMatchObject({
      exitCode: 3,
    });
    expect((await rejection(tenantOf(server).pushCsv({ ...target, csv: new Uint8Array(100_000_001) }))).message).toBe(
      'The CSV file has 100,000,001 bytes; a tenant takes at most 100,000,000. Nothing was sent.',
    );
    expect(server.seen).toEqual([]);
  });
});
