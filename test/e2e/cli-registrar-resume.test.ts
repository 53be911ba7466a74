import { describe, expect, onTestFinished, test } from 'vitest';
import { startInterruptingProxy } from '../../packages/registrar/src/apply/test-interrupting-proxy.ts';
import { manifestOf, type RegistrarCommands, useRegistrarCommands } from '../support/registrar-commands.ts';

/** The words of a printed command without the program, as a shell takes them; single quotes only. */
function wordsOf(command: string): string[] {
  return (command.match(/'[^']*'|\S+/g) ?? []).slice(1).map((word) => word.replaceAll("'", ''));
}

/** The command that a text says to go on with. */
function printedCommand(text: string): string[] {
  return wordsOf(/[Gg]o on with: (oaa .*)/.exec(text)?.[1] ?? '');
}

async function registrar(more = ''): Promise<RegistrarCommands> {
  const commands = await useRegistrarCommands();
  await commands.write('provider.yaml', manifestOf(commands.scimUrl, more));
  return commands;
}

/** Lets the next apply stop when the provider is made and its data source is not. */
function stopNext({ sandbox }: RegistrarCommands): void {
  sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
}

describe('the command that a stopped apply prints goes on with it', () => {
  test.each([
    ['with a state file of its own', ['--state', 'mine.json'], 'oaa registrar apply --resume --state mine.json'],
    [
      'whose name a shell would split, and with an endpoint on which nothing may be made',
      ['--state', 'my state.json', '--check-read-only', '--verify-from', 'tenant'],
      "oaa registrar apply --resume --state 'my state.json' --check-read-only --verify-from tenant",
    ],
    ['with nothing said', [], 'oaa registrar apply --resume'],
  ])('%s', async (_, options, command) => {
    const commands = await registrar();
    stopNext(commands);
    const stopped = await commands.oaa(['registrar', 'apply', '-f', 'provider.yaml', '--yes', ...options]);
    expect([stopped.exitCode, stopped.stderr.trimEnd().split('Go on with: ')[1]]).toEqual([4, command]);
    const again = await commands.oaa(['registrar', 'apply', '-f', 'provider.yaml', '--yes', ...options]);
    expect(printedCommand(again.stderr)).toEqual(wordsOf(command));
    expect((await commands.oaa(printedCommand(stopped.stderr))).exitCode).toBe(0);
  });

  test('as a plan and a status print it', async () => {
    const commands = await registrar();
    const own = ['-f', 'provider.yaml', '--state', 'mine.json'];
    stopNext(commands);
    expect((await commands.oaa(['registrar', 'apply', ...own, '--yes'])).exitCode).toBe(4);
    const expected = ['registrar', 'apply', '--resume', '--state', 'mine.json'];
    expect(printedCommand((await commands.oaa(['registrar', 'status', ...own])).stderr)).toEqual(expected);
    const { stderr } = await commands.oaa(['registrar', 'plan', ...own]);
    expect(printedCommand(stderr)).toEqual(expected);
    expect((await commands.oaa(printedCommand(stderr))).exitCode).toBe(0);
  });

  test('where only the manifest names the tenant', async () => {
    const commands = await useRegistrarCommands();
    const { sandbox, scimUrl, write } = commands;
    const staging = `environments:\n  staging:\n    tenant: { url: '${sandbox.url}', api_key: env:STAGING_KEY }\n`;
    await write('provider.yaml', manifestOf(scimUrl, staging));
    const env = { VEZA_URL: '', VEZA_API_KEY: '', STAGING_KEY: sandbox.apiKey };
    const own = ['-f', 'provider.yaml', '--environment', 'staging'];
    stopNext(commands);
    const stopped = await commands.oaa(['registrar', 'apply', ...own, '--yes'], { env });
    expect(stopped.exitCode).toBe(4);
    expect(printedCommand(stopped.stderr)).toEqual(['registrar', 'apply', '--resume', '--manifest', ...own.slice(1)]);
    expect((await commands.oaa(printedCommand(stopped.stderr), { env })).exitCode).toBe(0);
  });
});

describe('manifests beside --plan and --resume name the tenant', () => {
  test('of a plan, with its key', async () => {
    const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
    await write('provider.yaml', manifestOf(scimUrl, `tenant: { url: '${sandbox.url}', api_key: env:STAGING_KEY }\n`));
    const env = { VEZA_URL: '', VEZA_API_KEY: 'key-of-another-tenant', STAGING_KEY: sandbox.apiKey };
    expect((await oaa(['registrar', 'plan', '-f', 'provider.yaml', '--out', 'plan.json'], { env })).exitCode).toBe(0);
    // The plan is what is applied, whatever the manifest says by now.
    await write(
      'provider.yaml',
      `name: Other\ncustom_template: application\ntenant: { url: '${sandbox.url}', api_key: env:STAGING_KEY }\n`,
    );
    expect((await oaa(['registrar', 'apply', '--plan', 'plan.json', '-f', 'provider.yaml'], { env })).exitCode).toBe(0);
    expect(sandbox.providers().map(({ name }) => name)).toEqual(['Help Desk']);
  });

  test('and no other one: what stopped at the tenant of the settings is not gone on with', async () => {
    const commands = await registrar();
    const { oaa, write, sandbox } = commands;
    stopNext(commands);
    expect((await oaa(['registrar', 'apply', '-f', 'provider.yaml', '--yes'])).exitCode).toBe(4);
    const before = sandbox.requests().length;
    await write('staging.yaml', 'name: A\ncustom_template: application\ntenant: { url: staging.vezacloud.com }\n');
    const refused = await oaa(['registrar', 'apply', '--resume', '-f', 'staging.yaml']);
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringContaining('staging.yaml:3:16: the manifest is for'),
    ]);
    expect((await oaa(['registrar', 'disable', '-f', 'staging.yaml'])).stderr).toContain(
      'the manifest is for the tenant',
    );
    expect(sandbox.requests()).toHaveLength(before);
  });

  test('while a plan and a resume are two things', async () => {
    const { oaa } = await registrar();
    expect((await oaa(['registrar', 'apply', '--plan', 'plan.json', '--resume'])).exitCode).toBe(2);
    expect((await oaa(['registrar', 'apply'])).exitCode).toBe(2);
  });
});

test('with --json an apply that stopped gives its report', async () => {
  const commands = await registrar();
  stopNext(commands);
  expect(await commands.json(['registrar', 'apply', '-f', 'provider.yaml', '--yes'])).toMatchObject({
    error: {
      code: 'credentials-refused',
      exitCode: 4,
      report: {
        format: 'oaa-registrar-apply',
        outcome: 'stopped',
        providers: [{ name: 'Help Desk', done: ['create', 'remember'], notDone: [expect.anything(), 'verify'] }],
        checks: [{ provider: 'Help Desk' }],
      },
    },
  });
});

test('an apply after which the tenant shows something else than it was sent exits with 7, as the next plan does', async () => {
  const { oaa, sandbox } = await registrar();
  const proxy = await startInterruptingProxy(sandbox.url, (answer) =>
    answer.replaceAll('"provisioning":true', '"provisioning":false'),
  );
  onTestFinished(() => proxy.close());
  const env = { VEZA_URL: proxy.url };
  const applied = await oaa(['registrar', 'apply', '-f', 'provider.yaml', '--yes'], { env });
  expect([applied.exitCode, applied.stderr]).toEqual([7, expect.stringContaining('otherwise than they were sent')]);
  expect((await oaa(['registrar', 'plan', '-f', 'provider.yaml', '--detailed-exit'], { env })).exitCode).toBe(7);
});
