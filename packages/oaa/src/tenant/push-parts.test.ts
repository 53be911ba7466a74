import { describe, expect, test } from 'vitest';
import { rejection } from '../http/test-support.ts';
import { portal, type Reply, type SeenRequest, standIn, target, tenantOf } from './test-support.ts';

const path = 'POST /p1/datasources/d1:parts';
const payload = { applications: [{ name: 'x'.repeat(100) }] };
const text = JSON.stringify(payload);
const options = { ...target, payload, multipart: 'always', partSizeBytes: 50 } as const;

interface Operation {
  readonly operation: string;
  readonly upload_id?: string;
  readonly sequence_number?: number;
  readonly sequence_count?: number;
  readonly data?: string;
}

function operationOf(request: SeenRequest): Operation {
  return JSON.parse(request.text) as Operation;
}

/** A stand-in for `:parts` whose answers can be replaced; `step` is `start`, `upload 2`, `complete`. */
async function parts(replies: Readonly<Record<string, (count: number) => Reply>> = {}) {
  const counts = new Map<string, number>();
  const server = await standIn({
    ...portal,
    [path]: (request) => {
      const { operation, sequence_number: number } = operationOf(request);
      const step = number === undefined ? operation : `${operation} ${number}`;
      const count = (counts.get(step) ?? 0) + 1;
      counts.set(step, count);
      const usual: Readonly<Record<string, Reply>> = {
        start: [200, { status: 'ok', upload_id: 'u-1' }],
        complete: [200, { warnings: [{ message: 'w' }] }],
      };
      return replies[step] === undefined ? (usual[operation] ?? [200, { status: 'ok' }]) : replies[step](count);
    },
  });
  const operations = (): Operation[] => server.seen.filter(({ line }) => line === path).map(operationOf);
  return {
    server,
    operations,
    steps: () => operations().map(({ operation, sequence_number: number }) => `${operation} ${number ?? ''}`.trim()),
  };
}

describe('a push in parts', () => {
  test('starts, uploads plain slices numbered from 1, and completes with their count', async () => {
    const { server, operations } = await parts();
    const result = await tenantOf(server).push(options);
    const [start, ...rest] = operations();
    const complete = rest.pop();
    expect(start).toEqual({ operation: 'start' });
    expect(rest.map(({ sequence_number: number, upload_id: id }) => [number, id])).toEqual([
      [1, 'u-1'],
      [2, 'u-1'],
      [3, 'u-1'],
    ]);
    expect(Buffer.concat(rest.map(({ data }) => Buffer.from(data ?? '', 'base64'))).toString()).toBe(text);
    expect(complete).toEqual({ operation: 'complete', upload_id: 'u-1', sequence_count: 3 });
    expect(result).toMatchObject({ mode: 'parts', parts: 3, jsonBytes: text.length, warnings: [{ message: 'w' }] });
  });

  test('is chosen by itself above the threshold, with and without compression', async () => {
    for (const compression of ['gzip', 'none'] as const) {
      const { server, steps } = await parts();
      const result = await tenantOf(server).push({ ...target, payload, compression, multipartThresholdBytes: 20 });
      expect([result.mode, result.parts]).toEqual(['parts', 1]);
      expect(steps()).toEqual(['start', 'upload 1', 'complete']);
    }
  });

  test('a part that fails is sent again under the same number', async () => {
    const { server, steps, operations } = await parts({
      'upload 2': (count) => (count === 1 ? undefined : count === 2 ? [503, {}] : [200, { status: 'ok' }]),
    });
    await tenantOf(server).push(options);
    expect(steps()).toEqual(['start', 'upload 1', 'upload 2', 'upload 2', 'upload 2', 'upload 3', 'complete']);
    expect(
      new Set(
        operations()
          .filter(({ sequence_number: number }) => number === 2)
          .map(({ data }) => data),
      ).size,
    ).toBe(1);
  });

  test('a part that cannot be delivered: incomplete, nothing taken in, not completed', async () => {
    const { server, steps } = await parts({ 'upload 2': () => [503, { code: 'Unavailable', message: 'busy' }] });
    const error = await rejection(tenantOf(server).push(options));
    expect(error).toMatchObject({
      name: 'UnreachableError',
      code: 'push-incomplete',
      exitCode: 6,
      mayHaveBeenReceived: false,
    });
    expect(error.message).toMatch(
      /^The push stopped after 1 of 3 parts, and the tenant has taken nothing in: The tenant at .* fails/,
    );
    expect(error.hint).toMatch(/^Push again from the start\./);
    expect(steps()).toEqual(['start', 'upload 1', 'upload 2', 'upload 2', 'upload 2']);
  });

  test('a completion whose answer is lost is unknown, and not sent again', async () => {
    for (const reply of [undefined, [502, {}] as const, [200, []] as const]) {
      const { server, steps } = await parts({ complete: () => reply });
      const error = await rejection(tenantOf(server).push(options));
      expect(error).toMatchObject({ code: 'push-incomplete', exitCode: 6, mayHaveBeenReceived: true });
      expect(error.message).toMatch(
        /^All 3 parts were uploaded, but the answer to their completion was lost or cannot be read, so it is unknown whether the tenant has taken the payload in: /,
      );
      expect(error.hint).toBe('Push again: a full push replaces the whole snapshot.');
      expect(steps().filter((step) => step === 'complete')).toHaveLength(1);
    }
  });

  test('a completion that is turned away for its rate is sent again', async () => {
    const { server, steps } = await parts({
      complete: (count) => (count === 1 ? [429, {}, { 'retry-after': '1' }] : [200, { warnings: [] }]),
    });
    expect((await tenantOf(server).push(options)).mode).toBe('parts');
    expect(steps().slice(-2)).toEqual(['complete', 'complete']);
  });

  test('a refused completion is the refusal of the payload', async () => {
    const { server } = await parts({ complete: () => [400, { code: 'InvalidArgument', message: 'bad payload' }] });
    expect(await rejection(tenantOf(server).push(options))).toMatchObject({
      name: 'RemoteError',
      exitCode: 5,
      remoteCode: 'InvalidArgument',
    });
  });

  test('a start without upload_id is an answer that cannot be used', async () => {
    const { server, steps } = await parts({ start: () => [200, { status: 'ok' }] });
    expect(await rejection(tenantOf(server).push(options))).toMatchObject({ code: 'response-invalid', exitCode: 5 });
    expect(steps()).toEqual(['start']);
  });

  test('an older push stops before its next part when a newer one begins', async () => {
    const tenants: ReturnType<typeof tenantOf>[] = [];
    let newer: Promise<unknown> | undefined;
    const server = await standIn({
      ...portal,
      'POST /p1/datasources/d1:push': () => [200, { warnings: [] }],
      [path]: async (request) => {
        const { operation, sequence_number: number } = operationOf(request);
        if (number === 2) {
          newer = tenants[0]?.push({ ...target, payload });
          await newer;
        }
        return [200, operation === 'start' ? { upload_id: 'u-1' } : {}];
      },
    });
    tenants.push(tenantOf(server));
    expect(await rejection(tenantOf(server).push(options))).toMatchObject({ code: 'push-superseded' });
    await expect(newer).resolves.toMatchObject({ mode: 'gzip' });
    expect(server.lines().filter((line) => line === path)).toHaveLength(3);
  });
});
