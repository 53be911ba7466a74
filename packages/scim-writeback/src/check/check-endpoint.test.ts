import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnreachableError } from '@oaa-kit/oaa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkEndpoint } from './check-endpoint.ts';
import type { CheckResult } from './check-report.ts';
import { checkCodes, requirements } from './requirements/all-requirements.ts';
import { basicAuth, type Fault, startEndpoint } from './test-endpoint.ts';
import { idIn, isAll, isFiltered, isOne, type Json, refusal } from './test-faults.ts';

const withStatus = (results: readonly CheckResult[], ...statuses: readonly CheckResult['status'][]) =>
  results.filter(({ status }) => statuses.includes(status)).map(({ code }) => code);

/** Users are numbered, and so are groups: 1, 2, 3 ... */
function countsIds(): Fault {
  const ids = { Users: [] as string[], Groups: [] as string[] };
  const numberOf = (endpoint: 'Users' | 'Groups', id: string): string => {
    if (!ids[endpoint].includes(id)) ids[endpoint].push(id);
    return String(ids[endpoint].indexOf(id) + 1);
  };
  const idAt = (endpoint: 'Users' | 'Groups', number: string): string => ids[endpoint][Number(number) - 1] ?? number;
  const shown = (endpoint: 'Users' | 'Groups', resource: Json): Json => ({
    ...resource,
    ...(resource.id !== undefined && { id: numberOf(endpoint, resource.id) }),
    ...(resource.Resources !== undefined && {
      Resources: resource.Resources.map((one: Json) => shown(endpoint, one)),
    }),
    ...(resource.members !== undefined && {
      members: resource.members.map((member: Json) => ({ ...member, value: numberOf('Users', member.value) })),
    }),
  });
  return async (request, next) => {
    const endpoint = request.path.startsWith('/Groups') ? 'Groups' : 'Users';
    const number = idIn(request);
    const text = JSON.stringify(request.body ?? null);
    const body = JSON.parse(text.replaceAll(/(?<="value":")\d+(?=")/g, (value) => idAt('Users', value))) ?? undefined;
    const path = number === '' ? request.path : `/${endpoint}/${idAt(endpoint, number)}`;
    const answer = await next({ ...request, path, body });
    return answer.body === undefined ? answer : { ...answer, body: shown(endpoint, answer.body) };
  };
}

describe('our own service', () => {
  test.each(['bearer', 'basic'])('passes every requirement with %s, and is left as it was', async (type) => {
    const { url, auth, everything } = await startEndpoint(undefined, basicAuth);
    const before = await everything();
    const told: CheckResult[] = [];
    const report = await checkEndpoint({
      url,
      auth: type === 'basic' ? basicAuth : auth,
      extensionSchemas: true,
      onResult: (result) => told.push(result),
    });
    expect(report.results.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(report).toMatchObject({ format: 'oaa-scim-check', version: 1, url, outcome: 'passed', leftBehind: [] });
    expect(report.results.map(({ code }) => code)).toEqual(checkCodes);
    expect(told).toEqual(report.results);
    expect(await everything()).toEqual(before);
  });

  test('is asked for its schemas only when they are needed', async () => {
    const { url, auth, seen } = await startEndpoint();
    const { results } = await checkEndpoint({ url, auth, readOnly: true });
    expect(results.map(({ code }) => code)).toEqual(checkCodes.filter((code) => code !== 'schemas-list'));
    expect(seen).not.toContain('GET /Schemas');
  });

  test('passes with user names that are addresses', async () => {
    const { url, auth, everything } = await startEndpoint((request, next) => {
      const isAddress = /@example[.]com$/i.test(String(request.body?.userName));
      return isAll('Users', 'POST')(request) && !isAddress ? Promise.resolve(refusal(400)) : next(request);
    });
    const report = await checkEndpoint({ url, auth, userDomain: 'example.com' });
    expect(report.outcome).toBe('passed');
    expect(report.results.filter(({ status }) => status === 'not-tried' || status === 'failed')).toEqual([]);
    expect(JSON.stringify(await everything())).not.toContain('oaa-kit-check');
  });
});

test('a check that only reads sends nothing else, and lists what it did not try', async () => {
  const { url, auth, seen } = await startEndpoint();
  const { outcome, readOnly, results } = await checkEndpoint({ url, auth, readOnly: true, extensionSchemas: true });
  expect({ outcome, readOnly }).toEqual({ outcome: 'passed', readOnly: true });
  expect(seen.filter((line) => !line.startsWith('GET '))).toEqual([]);
  const writing = requirements.filter(({ writes }) => writes).map(({ code }) => code);
  expect(withStatus(results, 'not-tried')).toEqual(writing);
  expect(withStatus(results, 'failed', 'warning')).toEqual([]);
});

describe('an endpoint that cannot be reached', () => {
  test('is an outcome of its own, after one request', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const auth = { type: 'bearer', token: 'any-token' } as const;
    const { outcome, results, leftBehind } = await checkEndpoint({ url: `http://127.0.0.1:${port}/scim`, auth });
    expect({ outcome, leftBehind }).toEqual({ outcome: 'unreachable', leftBehind: [] });
    expect(results[0]).toMatchObject({ status: 'unreachable', problem: expect.stringContaining('ECONNREFUSED') });
    expect(withStatus(results, 'not-tried')).toHaveLength(results.length - 1);
    expect(results[1]?.problem).toBe('no answer came to the first request (credential-accepted)');
  });

  test('is given up after three silences, and what it may hold is named', async () => {
    let posts = 0;
    const silent: Fault = (request, next) => {
      if (request.method === 'POST') posts += 1;
      return posts > 3 ? new Promise(() => undefined) : next(request);
    };
    const { url, auth } = await startEndpoint(silent);
    const { outcome, results, leftBehind } = await checkEndpoint({ url, auth, timeoutMs: 1_500 });
    expect(outcome).toBe('failed');
    const silences = results.filter(({ problem }) => problem?.startsWith('No answer') === true);
    expect(silences.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(results.at(-1)).toMatchObject({
      status: 'not-tried',
      problem: expect.stringContaining('no answers any more'),
    });
    // The one that was refused for its name has made nothing.
    expect(leftBehind).toHaveLength(posts - 1);
    expect(leftBehind.filter(({ id }) => id !== '')).toHaveLength(2);
    for (const { name } of leftBehind) expect(name).toMatch(/^oaa-kit-check-[0-9a-f]{12}-/i);
  }, 60_000);
});

test('what a POST without an answer may have made is named, though it is not to be found', async () => {
  const { url, auth, seen } = await startEndpoint((request, next) =>
    isAll('Groups', 'POST')(request) ? new Promise(() => undefined) : next(request),
  );
  const { leftBehind } = await checkEndpoint({ url, auth, timeoutMs: 1_500 });
  const posts = seen.filter((line) => line === 'POST /Groups');
  expect(posts).not.toEqual([]);
  expect(leftBehind).toEqual(posts.map(() => ({ kind: 'Group', id: '', name: expect.stringMatching(/-group\d+$/) })));
});

test('users and groups that have the same ids are all deleted', async () => {
  const endpoint = await startEndpoint(countsIds());
  const before = await endpoint.everything();
  const { url, auth } = endpoint;
  const { leftBehind } = await checkEndpoint({ url, auth });
  expect(leftBehind).toEqual([]);
  expect(await endpoint.everything()).toEqual(before);
});

test('no two checks send the same address', async () => {
  const sent = new Set<string>();
  const { url, auth } = await startEndpoint((request, next) => {
    for (const [address] of JSON.stringify(request.body ?? '').matchAll(/[\w-]+@[\w.]+/g)) sent.add(address);
    return next(request);
  });
  await checkEndpoint({ url, auth });
  const first = new Set(sent);
  sent.clear();
  await checkEndpoint({ url, auth });
  expect([...sent].filter((address) => first.has(address))).toEqual([]);
  expect(sent.size).toBe(first.size);
}, 30_000);

describe('a check that is aborted', () => {
  test.each([1, 12, 20, 40, 75, 110])('at request %i deletes what it has made', async (at) => {
    const controller = new AbortController();
    const endpoint = await startEndpoint((request, next) => {
      if (endpoint.seen.length === at) controller.abort();
      return next(request);
    });
    const before = await endpoint.everything();
    const { url, auth } = endpoint;
    const error = await checkEndpoint({ url, auth, signal: controller.signal }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({ code: 'aborted', hint: 'What it had made is deleted. Run it again when ready.' });
    expect(await endpoint.everything()).toEqual(before);
  });

  test('at any POST deletes what comes of it', async () => {
    for (const endpointName of ['Users', 'Groups'] as const) {
      const controller = new AbortController();
      const { url, auth, everything } = await startEndpoint(async (request, next) => {
        if (!isAll(endpointName, 'POST')(request)) return next(request);
        controller.abort();
        await new Promise((resolve) => setTimeout(resolve, 100));
        return next(request);
      });
      const before = await everything();
      const checked = checkEndpoint({ url, auth, signal: controller.signal });
      await expect(checked).rejects.toMatchObject({ code: 'aborted' });
      expect(await everything()).toEqual(before);
    }
  });

  test('names what it could not delete', async () => {
    const controller = new AbortController();
    const { url, auth } = await startEndpoint((request, next) => {
      if (request.method === 'PATCH') controller.abort();
      return request.method === 'DELETE' ? Promise.resolve(refusal(403)) : next(request);
    });
    const checked = checkEndpoint({ url, auth, signal: controller.signal });
    await expect(checked).rejects.toMatchObject({
      code: 'aborted',
      hint: expect.stringMatching(
        /^Delete what it has made and could not delete: User oaa-kit-check-\S+ \(id [0-9a-f-]+\)/,
      ),
    });
  });
});

describe('nobody whom the check has not made', () => {
  test('is changed or deleted when a POST answers with the id of somebody else', async () => {
    let somebodyElse: string | undefined;
    const endpoint = await startEndpoint(async (request, next) => {
      const answer = await next(request);
      somebodyElse ??= answer.body?.Resources?.[0]?.id;
      return request.method === 'POST' ? { ...answer, body: { ...answer.body, id: somebodyElse } } : answer;
    });
    const before = await endpoint.everything();
    const { url, auth } = endpoint;
    const { results, leftBehind } = await checkEndpoint({ url, auth });
    expect(withStatus(results, 'failed')).toContain('user-read');
    expect(endpoint.seen.filter((line) => /^(PATCH|PUT)/.test(line))).toEqual([]);
    expect(endpoint.seen).not.toContain(`DELETE /Users/${somebodyElse}`);
    // What it made is found by its name.
    expect(leftBehind).toEqual([]);
    expect(await endpoint.everything()).toEqual(before);
  });

  test('is named by an id, where nothing is found again of what was made', async () => {
    let somebodyElse: string | undefined;
    const endpoint = await startEndpoint(async (request, next) => {
      const answer = await next(request);
      somebodyElse ??= answer.body?.Resources?.[0]?.id;
      if (isFiltered(request)) return { ...answer, body: { ...answer.body, totalResults: 0, Resources: [] } };
      return isAll('Users', 'POST')(request) ? { ...answer, body: { ...answer.body, id: somebodyElse } } : answer;
    });
    const { url, auth } = endpoint;
    const { leftBehind } = await checkEndpoint({ url, auth });
    const names = JSON.stringify(await endpoint.everything()).match(/(?<="userName":")oaa-kit-check-[^"\\]+/g);
    expect(leftBehind).toEqual((names ?? ['nobody was made']).map((name) => ({ kind: 'User', id: '', name })));
  });

  test('is deleted when filters are ignored and ids are not told', async () => {
    const endpoint = await startEndpoint(async (request, next) => {
      const answer = await next({ ...request, query: new URLSearchParams() });
      return isAll('Users', 'POST')(request) ? { ...answer, body: undefined } : answer;
    });
    const { url, auth } = endpoint;
    const before = await endpoint.everything();
    const { results } = await checkEndpoint({ url, auth });
    expect(withStatus(results, 'failed')).toContain('user-create');
    expect(await endpoint.everything()).toEqual(before);
  });
});

test('no secret is in a report, also when the endpoint says it back', async () => {
  const echo: Fault = async (request, next) => {
    const { authorization = '' } = request.headers;
    const answer = await next(request);
    if (isOne('Users', 'GET')(request) && idIn(request).includes('nobody'))
      return { ...answer, body: { authorization } };
    if (answer.status >= 400 || request.method === 'PATCH')
      return { ...refusal(400), body: { detail: `"${authorization}"` } };
    return { ...answer, headers: { ...answer.headers, 'content-type': authorization } };
  };
  const { url, auth } = await startEndpoint(echo, basicAuth);
  for (const credential of [auth, basicAuth]) {
    const report = await checkEndpoint({ url, auth: credential });
    const text = JSON.stringify(report);
    expect(text).toContain('(secret)');
    const secrets =
      credential.type === 'bearer'
        ? [credential.token]
        : [credential.password, Buffer.from(`${credential.username}:${credential.password}`).toString('base64')];
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});

test('nor is the password of a proxy that says it back', async () => {
  const server = createServer((request, response) => {
    const said = `${request.headers['proxy-authorization']} p%40ss-word p@ss-word`;
    request.resume().on('end', () => response.writeHead(400).end(said));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const proxyUrl = `http://kim:p%40ss-word@127.0.0.1:${(server.address() as AddressInfo).port}`;
  const auth = { type: 'bearer', token: 'any-token' } as const;
  const { results } = await checkEndpoint({ url: 'http://localhost:9/scim', auth, proxyUrl, readOnly: true });
  const bodies = results.flatMap(({ exchanges }) => exchanges.map(({ answer }) => answer?.body));
  expect(new Set(bodies)).toEqual(new Set(['Basic (secret) (secret) (secret)']));
});

test('429 is waited for as Retry-After says, and is no fault', async () => {
  const waits: number[] = [];
  let count = 0;
  const { url, auth, everything } = await startEndpoint(async (request, next) => {
    count += 1;
    if (count % 3 !== 0) return next(request);
    return { ...refusal(429), headers: { 'retry-after': '7' } };
  });
  const before = await everything();
  const sleep = async (durationMs: number) => void waits.push(durationMs);
  const { outcome, results } = await checkEndpoint({ url, auth, seams: { sleep } });
  expect(outcome).toBe('passed');
  expect(withStatus(results, 'failed', 'warning', 'not-tried')).toEqual([]);
  expect(new Set(waits)).toEqual(new Set([7_000]));
  expect(JSON.stringify(await everything())).toBe(JSON.stringify(before));
});

test('an answer that does not end is refused', async () => {
  const server = createServer((_request, response) => {
    const line = `${' '.repeat(1_000_000)}\n`;
    const more = (): void => {
      while (!response.destroyed && response.write(line));
    };
    response.on('drain', more);
    more();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { outcome, results } = await checkEndpoint({
    url,
    auth: { type: 'bearer', token: 'any-token' },
    readOnly: true,
  });
  expect(outcome).toBe('failed');
  expect(results[0]).toMatchObject({ status: 'failed', problem: expect.stringContaining('too large') });
});

test.each([
  ['http towards another machine', { url: 'http://scim.example.com/v2' }],
  ['an empty token', { auth: { type: 'bearer', token: '' } as const }],
  ['a domain that is none', { userDomain: 'example.com, and more' }],
  ['an endpoint outside of the URL', { usersEndpoint: '../Users' }],
])('%s is refused before anything is sent', async (_name, options) => {
  const given = { url: 'https://scim.example.com/v2', auth: { type: 'bearer', token: 'any-token' } as const };
  await expect(checkEndpoint({ ...given, ...options })).rejects.toMatchObject({ name: 'UsageError' });
});
