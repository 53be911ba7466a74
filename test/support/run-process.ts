import { spawn } from 'node:child_process';

export interface RunProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The process is killed after so long. */
  readonly timeoutMs?: number;
  /** Looked for in the standard output; once it matches, the process is asked to stop with SIGTERM. */
  readonly stopAt?: RegExp;
}

export interface ProcessResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether `stopAt` was seen. */
  readonly stopped: boolean;
}

/** Runs a process to its end, without a terminal and with exactly this environment. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: RunProcessOptions,
): Promise<ProcessResult> {
  const { cwd, env, timeoutMs = 60_000, stopAt } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let stdout = '';
    let stderr = '';
    let stopped = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (!stopped && stopAt?.test(stdout)) {
        stopped = true;
        child.kill('SIGTERM');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr, stopped }));
  });
}

/** What a failed test should show of a process. */
export function describeResult({ exitCode, stdout, stderr }: ProcessResult): string {
  return `exit code ${exitCode}\n${stdout}${stderr}`.trimEnd();
}
