// Secrets are searched for in everything that the registrar prints and writes.
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Tenant } from '@oaa-kit/oaa';
import { expect, onTestFinished, test } from 'vitest';
import type { CliResult } from '../support/capture-cli.ts';
import { manifestOf, type RegistrarCommands, useRegistrarCommands } from '../support/registrar-commands.ts';
import { scimToken } from '../support/scim-service.ts';

const password = 'canary-Passw0rd-of-basic';
const programSecret = 'canary-from-a-program-4711';

/** All forms in which a secret could stand in a text. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString('base64'), bytes.toString('hex')];
}

/** Stands before a tenant, and answers everything that fails with all that it was sent. */
async function echoingTenant(target: string): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url = '/', headers } = incoming;
      if (method === 'POST' && url.endsWith('/custom')) {
        const message = `refused: ${body.toString()} from ${headers.authorization}`;
        outgoing.writeHead(400, { 'content-type': 'application/json', 'x-echo': String(headers.authorization) });
        outgoing.end(JSON.stringify({ code: 'InvalidArgument', message, details: [{ reason: body.toString() }] }));
        return;
      }
      const forward = httpRequest(new URL(url, target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forward.end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs commands, and keeps all that they print. */
function recorder({ oaa }: RegistrarCommands, env: Record<string, string>) {
  const results: CliResult[] = [];
  return {
    results,
    async run(words: readonly string[], expected: number, more: Record<string, string> = {}): Promise<CliResult> {
      const result = await oaa(words, { env: { ...env, ...more } });
      expect([words.join(' '), result.exitCode, result.exitCode === expected ? '' : result.stderr]).toEqual([
        words.join(' '),
        expected,
        '',
      ]);
      results.push(result);
      return result;
    },
  };
}

async function expectNoSecrets(
  commands: RegistrarCommands,
  results: readonly CliResult[],
  secrets: readonly string[],
): Promise<void> {
  const printed = results.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  const written = await commands.allFiles();
  expect(printed.length).toBeGreaterThan(1_000);
  expect(written).toContain('oaa-registrar-state');
  for (const form of secrets.flatMap(formsOf)) {
    expect(printed).not.toContain(form);
    expect(written).not.toContain(form);
  }
}

const levels = [['--quiet'], ['--json', '--debug'], ['--debug']];

test('no command prints or writes a token, at any log level, also where the tenant sends it back', async () => {
  const commands = await useRegistrarCommands();
  const { sandbox, write, scimUrl, oaa } = commands;
  await write('provider.yaml', manifestOf(scimUrl));
  const { run, results } = recorder(commands, {});
  const manifest = ['-f', 'provider.yaml'];

  for (const level of levels) {
    await sandbox.reset();
    const state = ['--state', `state-${level.join('')}.json`];
    await run(['registrar', 'plan', ...manifest, '--out', 'plan.json', ...state, ...level], 0);
    await run(['registrar', 'apply', '--plan', 'plan.json', ...state, ...level], 0);
    await run(['registrar', 'status', ...manifest, ...state, ...level], 0);
    await run(['registrar', 'import', 'Help Desk', ...level], 0);
    await run(['provider', 'get', 'Help Desk', ...level], 0);
    await run(['registrar', 'disable', ...manifest, ...state, ...level], 0);
    await run(['registrar', 'enable', ...manifest, ...state, ...level], 0);
    await run(['scim', 'check', scimUrl, '--token', 'env:SCIM_TOKEN', ...level], 0);
  }
  // The sandbox shows configuration_json as it was sent: it is redacted here, not there.
  expect(String(sandbox.providers()[0]?.settings.configuration_json)).toContain(scimToken);
  const changed = { SCIM_TOKEN: 'canary-of-another-day-123' };
  await run(['registrar', 'plan', ...manifest, '--state', 'state---debug.json', '--debug'], 0, changed);
  await run(['registrar', 'apply', ...manifest, '--state', 'state---debug.json', '--yes', '--debug'], 8, changed);

  await expectNoSecrets(commands, results, [scimToken, sandbox.apiKey, 'canary-of-another-day-123']);
  expect((await oaa(['registrar', 'plan', ...manifest, '--state', 'state---debug.json'])).exitCode).toBe(0);
}, 300_000);

test('faults of the tenant bring no secret to light, nor do answers that repeat what was sent', async () => {
  const commands = await useRegistrarCommands();
  const { sandbox, write, scimUrl } = commands;
  await write('provider.yaml', manifestOf(scimUrl));
  const apply = ['registrar', 'apply', '-f', 'provider.yaml', '--yes', '--check-read-only'];
  const { run, results } = recorder(commands, {});

  const echoing = await echoingTenant(sandbox.url);
  for (const level of levels) {
    const state = ['--state', `echo${level.join('')}.json`];
    await run([...apply, ...state, ...level], 5, { VEZA_URL: echoing });
  }
  const faults = [
    ['forbidden', 4],
    ['server-error', 6],
    ['html-page', 6],
    ['not-json', 5],
    ['cut-before', 6],
  ] as const;
  for (const [kind, exitCode] of faults) {
    const path = '/api/v1/providers/custom';
    sandbox.faults.schedule({ kind, match: { method: 'POST', path } });
    await run([...apply, '--state', `${kind}.json`, '--debug'], exitCode);
    sandbox.faults.clear();
  }
  await run([...apply, '--state', 'good.json', '--debug'], 8, { SCIM_TOKEN: 'canary-of-nobody-456' });
  await run([...apply, '--state', 'good.json'], 0);
  await expectNoSecrets(commands, results, [scimToken, sandbox.apiKey, 'canary-of-nobody-456']);
}, 300_000);

test('neither a password nor what a program prints is shown, and a program runs only when that is allowed', async () => {
  const commands = await useRegistrarCommands();
  const { sandbox, write, folder } = commands;
  await write('secret.txt', 'not read here');
  await write('print-secret.js', `process.stdout.write(process.env.PROGRAM_SECRET ?? '');\n`);
  const manifest = (user: string) =>
    manifestOf('http://127.0.0.1:9/scim')
      .replace('  scim_token: env:SCIM_TOKEN', `  username: ${user}\n  password: env:SCIM_PASSWORD`)
      .replace('Help Desk', `Desk of ${user.slice(0, 3)}`);
  await write('basic.yaml', manifest('clerk'));
  const program = `cmd:${process.execPath} ${join(folder, 'print-secret.js')}`;
  await write('program.yaml', manifestOf('http://127.0.0.1:9/scim').replace('env:SCIM_TOKEN', program));
  const { run, results } = recorder(commands, { SCIM_PASSWORD: password, PROGRAM_SECRET: programSecret });
  const trusting = ['--yes', '--verify-from', 'tenant', '--debug'];

  await run(['registrar', 'apply', '-f', 'basic.yaml', ...trusting], 0);
  await run(['registrar', 'plan', '-f', 'program.yaml'], 8);
  expect(sandbox.providers()).toHaveLength(1);
  await run(['registrar', 'apply', '-f', 'program.yaml', ...trusting, '--allow-commands'], 0);
  await run(['registrar', 'plan', '-f', 'program.yaml', '--allow-commands', '--detailed-exit', '--json'], 0);
  const sent = sandbox.providers().map(({ settings }) => String(settings.configuration_json));
  expect(sent.join()).toContain(password);
  expect(sent.join()).toContain(programSecret);
  await expectNoSecrets(commands, results, [password, programSecret, sandbox.apiKey]);
}, 120_000);

test('an imported provider shows no number that is a secret, and gets none of another program', async () => {
  const commands = await useRegistrarCommands();
  const { sandbox, read } = commands;
  const { providers } = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey });
  const { id } = await providers.create({ name: 'GitHub', template: 'application' });
  await providers.update(id, {
    external_lifecycle_management_type: 'OTHER',
    configuration_json: '{"token":4711471147,"times":3}',
  });
  const { run, results } = recorder(commands, { GITHUB_TOKEN: 'canary-of-the-shell' });
  const shown = (): unknown => sandbox.providers()[0]?.settings.configuration_json;

  await run(['registrar', 'import', 'GitHub', '--debug'], 0);
  await run(['registrar', 'import', 'GitHub', '--out', 'imported.yaml'], 0);
  expect(await read('imported.yaml')).toContain('token: env:OAA_GITHUB_TOKEN');
  const before = shown();
  await run(['registrar', 'plan', '-f', 'imported.yaml', '--out', 'plan.json', '--debug'], 8);
  await run(['registrar', 'apply', '-f', 'imported.yaml', '--yes', '--debug'], 8);
  expect(shown()).toBe(before);
  await run(['registrar', 'apply', '-f', 'imported.yaml', '--yes'], 0, { OAA_GITHUB_TOKEN: 'canary-of-github' });
  expect(JSON.parse(String(shown()))).toEqual({ token: 'canary-of-github', times: 3 });
  await expectNoSecrets(commands, results, ['4711471147', 'canary-of-the-shell', 'canary-of-github', sandbox.apiKey]);
});
