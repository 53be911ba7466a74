import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import type { CommandContext } from './command.ts';
import { type RunOptions, runCli } from './run.ts';

/** A stream that keeps what is written to it. */
export class CapturedOutput extends Writable {
  readonly isTTY: boolean;
  readonly columns: number;
  text = '';

  constructor(isTTY = false, columns = 100) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A context whose outputs can be looked at. */
export function testContext(changes: Partial<CommandContext> & { readonly terminal?: boolean } = {}) {
  const { terminal = false, ...rest } = changes;
  const stdout = new CapturedOutput(terminal);
  const stderr = new CapturedOutput(terminal);
  const context: CommandContext = {
    cwd: '/nowhere',
    env: {},
    stdin: Readable.from([]),
    stdout,
    document: stdout,
    stderr,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-22T04:05:06.789Z'),
    json: false,
    quiet: false,
    debug: false,
    configFile: undefined,
    hideSecret: () => undefined,
    ...rest,
  };
  return { context, stdout, stderr };
}

export interface CapturedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `oaa` in this process, away from the real environment. */
export async function captureRun(argv: readonly string[], options: RunOptions = {}): Promise<CapturedRun> {
  const stdout = new CapturedOutput();
  const stderr = new CapturedOutput();
  const exitCode = await runCli(argv, {
    cwd: '/nowhere',
    env: {},
    stdin: Readable.from([]),
    stdout,
    stderr,
    ...options,
  });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** What a person types, with a terminal around it. */
export function typedInput(text: string): PassThrough & { readonly isTTY: true } {
  const input = Object.assign(new PassThrough(), { isTTY: true as const });
  input.end(text);
  return input;
}

/** A folder with these files, until `remove` is called. */
export async function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const path = await mkdtemp(join(tmpdir(), 'oaa-cli-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
