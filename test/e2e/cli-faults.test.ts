import type { FaultRule, Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CliSandbox, pushTarget, startCliSandbox } from '../support/cli-sandbox.ts';

let started: CliSandbox;
let sandbox: Sandbox;
const oaa: CliSandbox['oaa'] = (...call) => started.oaa(...call);
const push: CliSandbox['push'] = (...call) => started.push(...call);
beforeAll(async () => {
  started = await startCliSandbox();
  sandbox = started.sandbox;
});
afterAll(() => started.close());
beforeEach(() => sandbox.reset());
afterEach(() => expect(started.takePrinted()).not.toContain(sandbox.apiKey));

describe('what goes wrong on the way', () => {
  const faults: readonly (readonly [title: string, fault: FaultRule, exitCode: number, says: RegExp])[] = [
    ['a push that the tenant refuses', { kind: 'refused-push' }, 5, /violation|refuse/i],
    ['too many requests', { kind: 'too-many-requests', retryAfter: 0, times: 'always' }, 6, /429/],
    ['a server error', { kind: 'server-error', times: 'always' }, 6, /500/],
    ['a connection that is cut', { kind: 'cut-before', times: 'always' }, 6, /cut/],
    ['a page of a proxy', { kind: 'html-page', times: 'always' }, 6, /502/],
    ['a page with status 200', { kind: 'not-json', times: 'always' }, 5, /log-in page/],
  ];

  test.each(faults)('%s', async (_title, fault, exitCode, says) => {
    sandbox.faults.schedule(fault);
    const text = await push('portal.json', '--create-provider');
    expect(text).toMatchObject({ exitCode, stdout: '' });
    expect(text.stderr).toMatch(/^Error: /);
    expect(text.stderr).toMatch(says);
    expect(sandbox.dataSource('Portal', 'portal.test')?.payload).toBeUndefined();

    await sandbox.reset();
    sandbox.faults.schedule(fault);
    const json = await push('portal.json', '--create-provider', '--json');
    expect(json).toMatchObject({ exitCode, stderr: '' });
    expect(JSON.parse(json.stdout).error).toMatchObject({ exitCode });
  });

  test('a refused key', async () => {
    const { exitCode, stderr } = await oaa(['provider', 'list'], { env: { VEZA_API_KEY: 'not-the-key-of-it' } });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('VEZA_API_KEY');
    expect(stderr).not.toContain('not-the-key-of-it');
  });

  test('a time-out', async () => {
    sandbox.faults.schedule({ kind: 'latency', latencyMs: 60_000, times: 'always' });
    const { exitCode, stderr } = await oaa(['provider', 'list', '--timeout', '0.05']);
    expect(exitCode).toBe(6);
    expect(stderr).toContain('--timeout');
  });

  test('SIGINT during a push', async () => {
    sandbox.faults.schedule({ kind: 'latency', latencyMs: 60_000, times: 'always' });
    const controller = new AbortController();
    const running = oaa(['push', 'portal.json', ...pushTarget, '--create-provider'], { signal: controller.signal });
    while (sandbox.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    const { exitCode, stdout, stderr } = await running;
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: '' });
    expect(stderr).toContain('aborted');
  });

  test('--debug says what is sent, without the key', async () => {
    const { stderr } = await oaa(['provider', 'list', '--debug']);
    expect(stderr).toMatch(/ debug answer .*status=200/);
  });
});
