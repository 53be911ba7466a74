import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runCli } from '@oaa-kit/oaa/cli';
import { expect, onTestFinished, test } from 'vitest';

class Captured extends Writable {
  text = '';

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs `oaa sandbox` in this process; `stop` is the signal. */
function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = process.cwd()) {
  const stdout = new Captured();
  const stderr = new Captured();
  const controller = new AbortController();
  const ended = runCli(['sandbox', ...argv], { env, cwd, stdout, stderr, signal: controller.signal });
  onTestFinished(async () => {
    controller.abort();
    await ended;
  });
  return { stdout, stderr, ended, stop: () => controller.abort() };
}

async function firstLine(stdout: Captured): Promise<string> {
  await expect.poll(() => stdout.text, { timeout: 10_000 }).toContain('\n');
  return stdout.text;
}

const templates = '/api/v1/providers/custom/templates';
const status = async (url: string, apiKey: string) =>
  (await fetch(`${url}${templates}`, { headers: { authorization: `Bearer ${apiKey}` } })).status;

test('prints one line with its URL, tells the key that it made, and stops with 0', async () => {
  const { stdout, stderr, ended, stop } = start([]);
  const url = /^Sandbox tenant listening at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(await firstLine(stdout))?.[1] ?? '';
  const apiKey = /^API key, made for this run: (\S+)$/m.exec(stderr.text)?.[1] ?? '';
  expect(await status(url, apiKey)).toBe(200);
  stop();
  expect(await ended).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test('takes the key from a reference and never prints it', async () => {
  const { stdout, stderr } = start(['--json', '--api-key', 'env:SANDBOX_SECRET'], { SANDBOX_SECRET: 'given-secret' });
  const announced = JSON.parse(await firstLine(stdout));
  expect(announced).toEqual({ url: expect.stringMatching(/^http:/) });
  expect(await status(announced.url, 'given-secret')).toBe(200);
  expect(stdout.text + stderr.text).not.toContain('given-secret');
});

test('with --json the line holds the made key and the certificate', async () => {
  const { stdout, stderr } = start(['--json', '--tls', '--quiet']);
  expect(JSON.parse(await firstLine(stdout))).toEqual({
    url: expect.stringMatching(/^https:/),
    apiKey: expect.any(String),
    caCertificate: expect.stringContaining('BEGIN CERTIFICATE'),
  });
  expect(stderr.text).toBe('');
});

test('keeps its state in a file below the working folder', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'oaa-kit-sandbox-'));
  const { stdout, stop, ended } = start(['--state', 'state.json'], {}, cwd);
  await firstLine(stdout);
  stop();
  await ended;
  expect(JSON.parse(await readFile(join(cwd, 'state.json'), 'utf8'))).toEqual({
    version: 1,
    providers: [],
    dataSources: [],
  });
});

test.each([
  [['--api-key', 'plain-secret'], 'A secret was expected as a reference'],
  [['--api-key', 'env:NOT_SET'], 'NOT_SET'],
  [['--port', '70000'], 'Port 70000'],
  [['--prot', '1'], '--port'],
])('%j is wrong usage', async (argv, message) => {
  const { stdout, stderr, ended } = start(argv);
  expect(await ended).toBe(2);
  expect(stderr.text).toContain(message);
  expect(stdout.text + stderr.text).not.toContain('plain-secret');
});
