import { Writable } from 'node:stream';
import { type RunOptions, runCli } from '@oaa-kit/oaa/cli';

/** What a command of `oaa` prints: `await printedBy('diff', 'old.json', 'new.json')`. */
export async function printedBy(...command: readonly string[]): Promise<string> {
  return (await run(command, {})).printed;
}

/** What a command prints that has to succeed, with these variables and in this folder. */
export async function printedWith(
  surroundings: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
  ...command: readonly string[]
): Promise<string> {
  const { exitCode, printed } = await run(command, surroundings);
  if (exitCode !== 0) throw new Error(printed);
  return printed;
}

async function run(command: readonly string[], options: Pick<RunOptions, 'env' | 'cwd'>) {
  let printed = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      printed += chunk;
      done();
    },
  });
  const exitCode = await runCli([...command], { ...options, stdout: output, stderr: output });
  return { exitCode, printed };
}
