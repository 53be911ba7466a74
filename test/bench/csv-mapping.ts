// `oaa build` as people run it: the built command, with everything that it checks.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { runCli } from '@oaa-kit/oaa/cli';

const folder = process.argv[2] ?? '.';
const out = join(folder, 'mapping.json.gz');

const start = performance.now();
const code = await runCli(['build', '--mapping', join(folder, 'mapping.yaml'), '--out', out, '--quiet']);
const milliseconds = performance.now() - start;
const peakBytes = process.resourceUsage().maxRSS * 1024;
if (code !== 0) throw new Error(`oaa build ended with ${code}.`);

let digest: string | undefined;
if (process.argv[3] === 'digest') {
  const hash = createHash('sha256');
  let text = '';
  for await (const chunk of createReadStream(out).pipe(createGunzip()).setEncoding('utf8')) {
    hash.update(text);
    text = chunk as string;
  }
  // The command ends its file with a line break.
  hash.update(text.trimEnd());
  digest = hash.digest('hex');
}
process.stdout.write(`${JSON.stringify({ milliseconds, peakBytes, digest })}\n`);
