import { Writable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { type CommandBody, defineCommand } from './command.ts';
import type { PackLoader } from './packs.ts';
import { CapturedOutput, captureRun, temporaryFolder } from './test-support.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A loader that answers every pack with one command, `oaa sandbox`, that does this. */
const sandboxThat = (body: CommandBody): { readonly packLoader: PackLoader } => {
  const commands = [
    defineCommand({
      path: ['sandbox'],
      summary: 'Test',
      options: {},
      examples: ['oaa sandbox'],
      load: async () => body,
    }),
  ];
  return { packLoader: { resolve: (specifier) => specifier, import: async () => ({ commands }) } };
};

const failing = async (): Promise<undefined> => {
  throw new Error('boom');
};

describe('calls that are wrong', () => {
  test('no command: help and what is missing, on stderr', async () => {
    const { exitCode, stdout, stderr } = await captureRun([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage\n  oaa <command> [options]\n');
    expect(
      stderr.endsWith(
        'Error: Missing command after `oaa`: one of mapping, build, validate, diff, push, provider, tenant, scim, registrar, sandbox.\n' +
          'oaa --help shows how to call it.\n',
      ),
    ).toBe(true);
  });

  test.each([
    [['vaildate'], 'Unknown command "vaildate" after `oaa`. Did you mean "validate"?', 'oaa --help'],
    [['sandbx'], 'Unknown command "sandbx" after `oaa`. Did you mean "sandbox"?', 'oaa --help'],
    [['provider'], 'Missing command after `oaa provider`: one of list, get, delete.', 'oaa provider --help'],
    [['provider', 'lst'], 'Unknown command "lst" after `oaa provider`. Did you mean "list"?', 'oaa provider --help'],
    [['zebra', '--help'], 'Unknown command "zebra" after `oaa`.', 'oaa --help'],
    [
      ['--provider', 'x', 'push'],
      'Unknown option --provider before the command. Write it after: oaa <command> --provider ...',
      'oaa --help',
    ],
    [
      ['push', 'x.json', '--provder', 'p', '--data-source', 'd'],
      'Unknown option --provder. Did you mean --provider?',
      'oaa push --help',
    ],
  ])('%j', async (argv, message, help) => {
    expect(await captureRun(argv)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: ${message}\n${help} shows how to call it.\n`,
    });
  });

  test('several problems are told at once', async () => {
    const { exitCode, stderr } = await captureRun(['push', '--compression', 'zip']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      'Error: 4 problems:\n' +
        '  Missing option --provider: Provider to push to.\n' +
        '  Missing option --data-source: Data source to push to; made when it is missing.\n' +
        '  --compression must be one of gzip, none, not "zip". Did you mean "gzip"?\n' +
        '  Missing argument <payload>: JSON file with a payload; - reads stdin.\n' +
        'oaa push --help shows how to call it.\n',
    );
  });

  test('with --json the problems are a document on stdout', async () => {
    const { exitCode, stdout, stderr } = await captureRun(['provider', 'lst', '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'usage', exitCode: 2 });
  });

  test('a settings file that is not there', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    const { exitCode, stderr } = await captureRun(['provider', 'list', '--config', 'none.yaml'], { cwd: folder.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('none.yaml');
  });

  test('a tenant that no setting names', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    const { exitCode, stdout, stderr } = await captureRun(['tenant', 'check'], { cwd: folder.path });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('VEZA_URL');
    expect(stderr).toContain('VEZA_API_KEY');
  });
});

describe('help and version', () => {
  test('oaa --help, oaa -h and oaa help are the same', async () => {
    const help = await captureRun(['--help']);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('  validate <payload>');
    expect(await captureRun(['-h'])).toEqual(help);
    expect(await captureRun(['help'])).toEqual(help);
  });

  test('help for a command or a noun, however it is asked for', async () => {
    const push = await captureRun(['push', '--help']);
    expect(push.stdout).toContain('oaa push <payload> --provider <name> --data-source <name> [options]');
    expect(await captureRun(['help', 'push'])).toEqual(push);
    const provider = await captureRun(['provider', '--help']);
    expect(provider.stdout).toContain('  provider list');
    expect(provider.stdout).not.toContain('  validate');
  });

  test('the version is that of the package', async () => {
    const expected = { exitCode: 0, stdout: `${packageJson.version}\n`, stderr: '' };
    expect(await captureRun(['--version'])).toEqual(expected);
    expect(await captureRun(['push', '-V'])).toEqual(expected);
  });
});

describe('what a command does', () => {
  test('its exit code is that of the call; nothing means 0', async () => {
    expect(
      (
        await captureRun(
          ['sandbox'],
          sandboxThat(async () => 7),
        )
      ).exitCode,
    ).toBe(7);
    expect(
      (
        await captureRun(
          ['sandbox'],
          sandboxThat(async () => undefined),
        )
      ).exitCode,
    ).toBe(0);
  });

  test('an error that is not ours is a fault with exit code 1 and no stack', async () => {
    const { exitCode, stdout, stderr } = await captureRun(['sandbox'], sandboxThat(failing));
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^Fault: boom\nThis is a fault of oaa itself: please report it/);
    expect(stderr).not.toContain('    at ');
  });

  test('--debug shows the stack', async () => {
    const { stderr } = await captureRun(['sandbox', '--debug'], sandboxThat(failing));
    expect(stderr).toMatch(/Error: boom\n\s+at /);
  });

  test('a command that is stopped by a signal says so', async () => {
    const controller = new AbortController();
    const waiting = sandboxThat(
      (context) =>
        new Promise<undefined>((_resolve, reject) =>
          context.signal.addEventListener('abort', () => reject(context.signal.reason)),
        ),
    );
    const running = captureRun(['sandbox'], { ...waiting, signal: controller.signal });
    setImmediate(() => controller.abort());
    expect(await running).toEqual({
      exitCode: 6,
      stdout: '',
      stderr: 'Error: Stopped by a signal before it was done.\n',
    });
  });

  test('a reader of stdout that went away is no error', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(gone) }).on('error', () => undefined);
    const stderr = new CapturedOutput();
    expect((await captureRun(['--help'], { stdout, stderr })).exitCode).toBe(0);
    expect(stderr.text).toBe('');
  });

  test('a result that cannot be written is an error', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(full) }).on('error', () => undefined);
    const stderr = new CapturedOutput();
    expect((await captureRun(['--help'], { stdout, stderr })).exitCode).toBe(1);
    expect(stderr.text).toBe('Error: The result could not be written to stdout: ENOSPC: no space left on device\n');
  });
});

describe('secrets', () => {
  const env = { VEZA_API_KEY: 'key-of-the-tenant', MY_PASSWORD: 'pa"ss\\word', HOME: '/home/kim' };

  test('values of secret variables are masked in everything that is printed', async () => {
    const printing = sandboxThat(async (context): Promise<undefined> => {
      context.stdout.write(`key-of-the-tenant ${JSON.stringify('pa"ss\\word')} /home/kim\n`);
      throw new Error('failed with key-of-the-tenant', { cause: new Error('because of key-of-the-tenant') });
    });
    for (const flags of [[], ['--json'], ['--debug']]) {
      const { stdout, stderr } = await captureRun(['sandbox', ...flags], { ...printing, env });
      expect(stdout).toContain('(secret) "(secret)" /home/kim\n');
      expect(stdout + stderr).not.toContain('key-of-the-tenant');
      expect(stdout + stderr).toContain('failed with (secret)');
    }
  });

  test('so are secrets that a command resolves', async () => {
    const printing = sandboxThat(async (context) => {
      context.hideSecret('resolved-by-command');
      context.stdout.write('it is resolved-by-command\n');
    });
    expect((await captureRun(['sandbox'], printing)).stdout).toBe('it is (secret)\n');
  });

  test('a key given as a flag is refused and not shown', async () => {
    const key = 'abcdef0123456789';
    for (const argv of [
      ['tenant', 'check', '--token', key],
      ['tenant', 'check', `--token=${key}`],
      ['--token', key, 'tenant', 'check'],
      ['tenant', 'check', '--api-key', key, '--url', 'https://tenant.test'],
    ]) {
      const { exitCode, stdout, stderr } = await captureRun(argv);
      expect(exitCode).toBe(2);
      expect(stdout + stderr).not.toContain(key);
    }
  });
});
