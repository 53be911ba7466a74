import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runCli } from '@oaa-kit/oaa/cli';
import { expect, onTestFinished } from 'vitest';
import { type CliResult, captureCli } from './capture-cli.ts';

type Environment = Readonly<Record<string, string>>;

/** `oaa scim` in a folder of its own, until the test ends. */
export interface ScimCommands {
  readonly folder: string;
  /** Runs `oaa scim ...` on the database `scim.db` of the folder. */
  scim(argv: readonly string[], env?: Environment): Promise<CliResult>;
  /** The same with `--json`, which has to succeed; gives the document. */
  scimJson(argv: readonly string[]): Promise<Record<string, unknown>>;
  /** Starts `oaa scim serve` on a free port, and gives what is needed when it listens. */
  serve(argv: readonly string[], env?: Environment): Promise<RunningServer>;
}

export interface RunningServer {
  /** Base URL, from the line that it printed. */
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends the signal; gives the exit code. */
  stop(): Promise<number>;
}

function captured() {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return { stream, text: () => text };
}

/**
 * @example
 * const { scim } = await useScimCommands();
 * await scim(['token', 'create', '--label', 'tenant']);
 */
export async function useScimCommands(): Promise<ScimCommands> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-scim-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const database = ['--database', 'sqlite:scim.db'];
  const scim = (argv: readonly string[], env: Environment = {}) =>
    captureCli(['scim', ...argv, ...database], { cwd: folder, env });
  return {
    folder,
    scim,
    async scimJson(argv) {
      const { exitCode, stdout, stderr } = await scim([...argv, '--json']);
      expect([exitCode, stderr]).toEqual([0, '']);
      return JSON.parse(stdout);
    },
    async serve(argv, env = {}) {
      const [stdout, stderr] = [captured(), captured()];
      const controller = new AbortController();
      const call = ['scim', 'serve', '--port', '0', ...argv, ...database];
      const streams = { stdout: stdout.stream, stderr: stderr.stream };
      const ended = runCli(call, { cwd: folder, env, ...streams, signal: controller.signal });
      const stop = async () => {
        controller.abort();
        return ended;
      };
      onTestFinished(async () => {
        await stop();
      });
      await expect.poll(() => stdout.text() + stderr.text(), { timeout: 10_000 }).toMatch(/listening at|"url"|Error/);
      const [url] = /https?:\/\/[^\s"]+/.exec(stdout.text()) ?? [];
      if (url === undefined) throw new Error(`The server did not start: ${stderr.text()}`);
      return { url, stdout: stdout.text, stderr: stderr.text, stop };
    },
  };
}
