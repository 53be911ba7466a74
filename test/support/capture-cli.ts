import { PassThrough, Readable, Writable } from 'node:stream';
import { type RunOptions, runCli } from '@oaa-kit/oaa/cli';

/** A stream that keeps what is written to it. */
class CapturedOutput extends Writable {
  readonly isTTY: boolean;
  readonly columns = 100;
  text = '';

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export interface CliSurroundings extends Pick<RunOptions, 'cwd' | 'env' | 'signal' | 'now'> {
  /** What a person types: all streams are a terminal then. */
  readonly typed?: string;
  /** What is piped into the command. */
  readonly piped?: string;
}

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `oaa` in this process, with nothing of the machine's settings around it. */
export async function captureCli(argv: readonly string[], surroundings: CliSurroundings = {}): Promise<CliResult> {
  const { typed, piped = '', ...options } = surroundings;
  const isTerminal = typed !== undefined;
  const stdout = new CapturedOutput(isTerminal);
  const stderr = new CapturedOutput(isTerminal);
  const keyboard = Object.assign(new PassThrough(), { isTTY: true });
  keyboard.end(typed);
  const stdin = isTerminal ? keyboard : Readable.from(piped === '' ? [] : [piped]);
  const exitCode = await runCli(argv, { env: {}, ...options, stdin, stdout, stderr });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
