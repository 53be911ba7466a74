import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { describe, expect, test } from 'vitest';
import { useCliSandbox } from '../support/cli-sandbox.ts';

const { sandbox, folder, oaa, writeCount } = await useCliSandbox();

describe('oaa tenant check', () => {
  test('all steps, and what was not tried', async () => {
    const { exitCode, stdout, stderr } = await oaa(['tenant', 'check']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(
      stdout
        .replaceAll(sandbox.url, '<url>')
        .replaceAll(new URL(sandbox.url).host, '<host>')
        .replace(/knows \d+/, 'knows N'),
    ).toBe(
      [
        'Settings    ok         <url> (url from environment, API key from environment)',
        'Host name   not tried  127.0.0.1 is an address already',
        'Connection  ok         <host> accepts connections',
        'TLS         not tried  the address is plain http: everybody on the way can read the API key',
        '                       Use https.',
        'Answer      ok         the tenant answers',
        'API key     ok         accepted; the tenant knows N payload templates',
        'May read    ok         the key may list custom providers; there is none yet',
        'May push    ok         not refused: an empty push to a made-up data source was answered with "not found"',
        '',
      ].join('\n'),
    );
    expect(writeCount()).toBe(1);
    expect(sandbox.providers()).toEqual([]);
  });

  const stepsOf = async (env: Readonly<Record<string, string>>, ...flags: string[]) => {
    const { exitCode, stdout, stderr } = await oaa(['tenant', 'check', '--json', ...flags], { env });
    expect(stderr).toBe('');
    const document = JSON.parse(stdout);
    expect(document.exitCode).toBe(exitCode);
    const steps = document.steps.map(({ step, status }: { step: string; status: string }) => [step, status]);
    return { exitCode, steps: Object.fromEntries(steps) };
  };

  test('a wrong key: exit code 4', async () => {
    expect(await stepsOf({ VEZA_API_KEY: 'not-the-key-of-it' })).toEqual({
      exitCode: 4,
      steps: {
        settings: 'ok',
        name: 'not tried',
        connection: 'ok',
        tls: 'not tried',
        answer: 'ok',
        key: 'failed',
        read: 'not tried',
        push: 'not tried',
      },
    });
  });

  test('a key that may read and not push: exit code 4', async () => {
    sandbox.faults.schedule({ kind: 'forbidden', match: { path: '*:push' } });
    expect(await stepsOf({})).toMatchObject({ exitCode: 4, steps: { read: 'ok', push: 'failed' } });
  });

  test('a tenant whose answer to the push does not tell', async () => {
    sandbox.faults.schedule({ kind: 'server-error', match: { path: '*:push' } });
    expect(await stepsOf({})).toMatchObject({ exitCode: 6, steps: { read: 'ok', push: 'failed' } });
    sandbox.faults.schedule(
      { kind: 'refused-push', match: { path: '*:push' } },
      { kind: 'not-json', match: { path: '*:push' } },
    );
    expect(await stepsOf({})).toMatchObject({ exitCode: 0, steps: { read: 'ok', push: 'not tried' } });
  });

  test('nobody listens: exit code 6', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => server.close(resolve));
    expect(await stepsOf({ VEZA_URL: `http://127.0.0.1:${port}` })).toMatchObject({
      exitCode: 6,
      steps: { connection: 'failed', answer: 'not tried', key: 'not tried' },
    });
  });

  test('a page of a proxy instead of an answer', async () => {
    sandbox.faults.schedule({ kind: 'html-page', times: 'always' });
    expect(await stepsOf({})).toMatchObject({
      exitCode: 6,
      steps: { connection: 'ok', answer: 'failed', key: 'not tried' },
    });
  });

  test('a certificate that is not trusted, and one that is', async () => {
    const secure = await createSandbox({ tls: true, apiKey: sandbox.apiKey });
    try {
      expect(await stepsOf({ VEZA_URL: secure.url })).toMatchObject({
        exitCode: 6,
        steps: { connection: 'ok', tls: 'failed', answer: 'not tried' },
      });
      await writeFile(join(folder, 'ca.pem'), secure.caCertificate ?? '');
      expect(await stepsOf({ VEZA_URL: secure.url }, '--ca-file', 'ca.pem')).toMatchObject({
        exitCode: 0,
        steps: { tls: 'ok', key: 'ok' },
      });
    } finally {
      await secure.close();
    }
  });
});
