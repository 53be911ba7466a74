import { gzipPayload } from '@oaa-kit/oaa';
import { buildApplication } from './build-application.ts';
import { report } from './measure.ts';

await report(async () => {
  const app = buildApplication();
  let gzipBytes = 0;
  const count = (chunk: Uint8Array) => {
    gzipBytes += chunk.length;
  };
  await gzipPayload(app, { write: count });
  return { json: app.jsonChunks(), gzipBytes };
});
