import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipPayload } from '@oaa-kit/oaa';
import { readMapping, streamPayload } from '@oaa-kit/oaa/sources';

const folder = process.argv[2] ?? '.';

const start = performance.now();
const mapped = await streamPayload(await readMapping(join(folder, 'mapping.yaml')));
const file = await open(join(folder, 'mapping.json.gz'), 'w');
await gzipPayload(mapped.payload, {
  write: async (chunk) => {
    await file.write(chunk);
  },
});
await file.close();
const milliseconds = performance.now() - start;
const peakBytes = process.resourceUsage().maxRSS * 1024;

let digest: string | undefined;
if (process.argv[3] === 'digest') {
  const hash = createHash('sha256');
  for (const chunk of mapped.payload.jsonChunks()) hash.update(chunk);
  digest = hash.digest('hex');
}
mapped.close();
process.stdout.write(`${JSON.stringify({ milliseconds, peakBytes, digest })}\n`);
