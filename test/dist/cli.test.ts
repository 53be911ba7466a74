import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../support/repository.ts';
import { describeResult, type ProcessResult, runProcess } from '../support/run-process.ts';

const bin = join(repositoryRoot, 'packages/oaa/bin/oaa.js');
const payload = join(repositoryRoot, 'test/fixtures/readme/payload.json');
const target = ['--provider', 'Customer Portal', '--data-source', 'portal.example.com'];

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-dist-'));
  await writeFile(join(folder, 'broken.json'), '{"applications": [],}');
  sandbox = await createSandbox();
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => sandbox.reset());

const results: ProcessResult[] = [];
afterEach(() => {
  for (const result of results.splice(0)) {
    expect(describeResult(result)).not.toContain(sandbox.apiKey);
    expect(describeResult(result)).not.toContain('\u001b');
  }
});

async function oaa(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProcessResult> {
  const tenant = { VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey, OAA_API_RETRIES: '0' };
  const surroundings = { PATH: process.env.PATH ?? '', HOME: folder, ...tenant, ...env };
  const result = await runProcess(process.execPath, [bin, ...args], { cwd: folder, env: surroundings });
  results.push(result);
  return result;
}

describe('the built command', () => {
  test('validates', async () => {
    const { exitCode, stdout, stderr } = await oaa(['validate', payload]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('is a valid payload: 1 application, 2 users, 1 group, 1 role, 2 resources');
  });

  test('shows where JSON is broken', async () => {
    expect(await oaa(['validate', 'broken.json'])).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr:
        'Error: broken.json:1:21: not JSON: expected a key in double quotes, found "}" (a comma too many?).\n' +
        '{"applications": [],}\n                    ^\nCorrect the file at this place.\n',
    });
  });

  test('pushes to a tenant, lists, shows and deletes', async () => {
    const pushed = await oaa(['push', payload, ...target, '--create-provider', '--json']);
    expect(pushed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(pushed.stdout)).toMatchObject({ pushed: true, mode: 'gzip', counts: { users: 2 } });
    expect(sandbox.dataSource('Customer Portal', 'portal.example.com')?.counts).toBeDefined();

    const listed = await oaa(['provider', 'list']);
    expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(listed.stdout).toMatch(/^NAME {13}ID {36}STATE {4}TEMPLATES\nCustomer Portal {2}/);
    expect((await oaa(['provider', 'get', 'Customer Portal'])).exitCode).toBe(0);
    expect((await oaa(['provider', 'delete', 'Customer Portal'])).exitCode).toBe(8);
    expect((await oaa(['provider', 'delete', 'Customer Portal', '--yes'])).exitCode).toBe(0);
  });

  test('checks the tenant', async () => {
    expect((await oaa(['tenant', 'check'])).exitCode).toBe(0);
    expect((await oaa(['tenant', 'check'], { VEZA_API_KEY: 'not-the-key-of-it' })).exitCode).toBe(4);
  });

  test.each([
    [2, ['push', payload], {}],
    [2, ['provider', 'lst'], {}],
    [3, ['validate', 'broken.json'], {}],
    [4, ['provider', 'list'], { VEZA_API_KEY: 'not-the-key-of-it' }],
    [5, ['push', payload, ...target], {}],
    [6, ['provider', 'list'], { VEZA_URL: 'http://127.0.0.1:9' }],
  ] as const)('exit code %i: oaa %j', async (exitCode, args, env) => {
    const text = await oaa(args, env);
    expect(text).toMatchObject({ exitCode, stdout: '' });
    expect(text.stderr).toMatch(/^Error: /);
    const json = await oaa([...args, '--json'], env);
    expect(json).toMatchObject({ exitCode, stderr: '' });
    expect(JSON.parse(json.stdout).error.exitCode).toBe(exitCode);
  });

  test('a command of another package says what it lacks', async () => {
    expect(await oaa(['scim', 'serve'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: Missing option --database: Database of the service: sqlite:<file>.\noaa scim serve --help shows how to call it.\n',
    });
  });

  test('a reader of stdout that goes away is no error', async () => {
    const script = `'${process.execPath}' '${bin}' --help | true; exit "\${PIPESTATUS[0]}"`;
    const result = await runProcess('bash', ['-c', script], { cwd: folder, env: { PATH: process.env.PATH ?? '' } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('SIGINT ends a push, and the shell sees the signal', async () => {
    sandbox.faults.schedule({ kind: 'latency', latencyMs: 60_000, times: 'always' });
    const env = { PATH: process.env.PATH ?? '', HOME: folder, VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey };
    const child = spawn(process.execPath, [bin, 'push', payload, ...target, '--create-provider'], { cwd: folder, env });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('close', (_code, signal) => resolve(signal)),
    );
    while (sandbox.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(stderr).toMatch(/^Error: .*aborted/);
  });
});

test('an old Node.js is told which one is needed', async () => {
  const old = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v22.17.0"})';
  expect(await runProcess(process.execPath, ['--import', old, bin, '--help'], { cwd: folder, env: {} })).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: oaa needs Node.js 22.18 or newer; this is v22.17.0.\nInstall a newer Node.js.\n',
  });
});

test('without dist the command says to build', async () => {
  const copy = join(folder, 'unbuilt');
  await mkdir(join(copy, 'bin'), { recursive: true });
  await cp(bin, join(copy, 'bin/oaa.js'));
  await writeFile(join(copy, 'package.json'), '{"type":"module"}');
  const result = await runProcess(process.execPath, [join(copy, 'bin/oaa.js'), '--help'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
  });
  expect(result).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: oaa has not been built yet.\nRun: pnpm run build\n',
  });
});
