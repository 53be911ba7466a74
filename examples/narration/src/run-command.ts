import { Writable } from 'node:stream';
import { runCli } from '@oaa-kit/oaa/cli';

/** What a command of `oaa` prints: `await printedBy('diff', 'old.json', 'new.json')`. */
export async function printedBy(...command: readonly string[]): Promise<string> {
  let printed = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      printed += chunk;
      done();
    },
  });
  await runCli([...command], { stdout: output, stderr: output });
  return printed;
}
