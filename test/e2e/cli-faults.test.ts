import type { FaultRule } from '@oaa-kit/registrar/sandbox';
import { describe, expect, test } from 'vitest';
import { pushTarget, useCliSandbox } from '../support/cli-sandbox.ts';

const { sandbox, oaa, push } = await useCliSandbox();

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

  const unknown = /It is unknown whether the tenant has taken this push in/;
  const onThePush: readonly (readonly [title: string, fault: FaultRule, exitCode: number, open: boolean])[] = [
    ['a refusal', { kind: 'refused-push' }, 5, false],
    ['too many requests', { kind: 'too-many-requests', retryAfter: 0 }, 6, false],
    ['a server error', { kind: 'server-error' }, 6, true],
    ['a connection that is cut before', { kind: 'cut-before' }, 6, true],
    ['a connection that is cut after', { kind: 'cut-after' }, 6, true],
    ['a page of a proxy', { kind: 'html-page' }, 6, true],
    ['a page with status 200', { kind: 'not-json' }, 5, true],
  ];

  test.each(onThePush)(
    '%s instead of the confirmation is never called pushed',
    async (_title, fault, exitCode, open) => {
      sandbox.faults.schedule({ ...fault, match: { path: '*:push' } });
      const { stdout, stderr, ...rest } = await push('portal.json', '--create-provider');
      expect({ ...rest, stdout }).toEqual({ exitCode, stdout: '' });
      expect(unknown.test(stderr)).toBe(open);
      expect(sandbox.dataSource('Portal', 'portal.test')?.payload === undefined).toBe(fault.kind !== 'cut-after');
    },
  );

  test('what a refusal complains about is said once', async () => {
    sandbox.faults.schedule({ kind: 'refused-push' });
    const { stderr } = await push('portal.json', '--create-provider');
    expect(stderr.match(/json_data: /g)).toHaveLength(1);
    expect(stderr.match(/request id/gi)).toHaveLength(1);
  });

  test('who waits for the next attempt is told, and with --quiet is not', async () => {
    const env = { OAA_API_RETRIES: '1' };
    sandbox.faults.schedule({ kind: 'unavailable' });
    const told = await oaa(['provider', 'list'], { env });
    expect(told.exitCode).toBe(0);
    expect(told.stderr).toMatch(/^The tenant at .* fails at .* \(HTTP 503\): .* Next attempt in 0\.\d s\.\n/);
    sandbox.faults.schedule({ kind: 'unavailable' });
    const quiet = await oaa(['provider', 'list', '--quiet'], { env });
    expect(quiet.stderr).not.toContain('Next attempt');
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
