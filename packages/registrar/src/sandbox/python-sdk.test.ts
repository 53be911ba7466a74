import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerOutline } from './answer-outline.ts';
import { type PythonSdkRecording, type RecordedSession, sandboxForSession } from './python-sdk-recording.ts';
import { call } from './test-support.ts';

async function recording(session: RecordedSession): Promise<PythonSdkRecording> {
  const file = new URL(`./fixtures/python-sdk/${session}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8'));
}

describe.each(['lifecycle', 'paging'] as const)('the recorded %s session of the Python SDK', (session) => {
  test('gets the answers that the SDK worked with', async () => {
    const { exchanges } = await recording(session);
    const sandbox = await sandboxForSession(session);
    onTestFinished(() => sandbox.close());
    expect(exchanges.length).toBeGreaterThan(3);
    for (const { method, path, headers, body, answer } of exchanges) {
      const authorization = (headers.authorization ?? '').replace('{key}', sandbox.apiKey);
      const { status, body: answered } = await call(sandbox, method, path, body, { ...headers, authorization });
      expect({ path, answer: answerOutline(status, answered) }).toEqual({ path, answer });
    }
    expect(sandbox.requests()).toHaveLength(exchanges.length);
  });
});

test('the recorded sessions list, create, set icons, push in all three ways, meet errors, page and delete', async () => {
  const { exchanges } = await recording('lifecycle');
  const pages = (await recording('paging')).exchanges;
  const count = (method: string, path: RegExp, body = '') =>
    exchanges.filter(
      (exchange) => exchange.method === method && path.test(exchange.path) && (exchange.body ?? '').includes(body),
    ).length;
  expect({
    lists: count('GET', /custom\?page_size=250$/),
    byName: count('GET', /custom\?filter=name\+eq\+%22Portal%22$/),
    created: count('POST', /providers\/custom$/),
    icons: count('POST', /:icon$/),
    compressed: count('POST', /:push$/, '"compression_type": "GZIP"'),
    parts: count('POST', /:parts$/, '"upload"'),
    deleted: count('DELETE', /./),
  }).toEqual({ lists: 1, byName: 5, created: 4, icons: 2, compressed: 1, parts: 4, deleted: 2 });
  expect(count('POST', /:push$/)).toBeGreaterThan(count('POST', /:push$/, 'GZIP'));
  expect(exchanges.map(({ answer }) => answer.status).filter((status) => status >= 400)).toEqual([
    401, 404, 400, 400, 400, 400,
  ]);
  expect(pages.flatMap(({ answer }) => (answer.names === undefined ? [] : [answer.names.at(0)]))).toEqual([
    'application',
    100,
    100,
    63,
  ]);
});
