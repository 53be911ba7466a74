import { createHash } from 'node:crypto';

/** What one bench process reports on its standard output. */
export interface Measurement {
  readonly milliseconds: number;
  /** Peak resident memory of the whole process. */
  readonly peakBytes: number;
  /** Digest of the uncompressed document, to prove that both sides make the same bytes. */
  readonly digest: string;
  readonly jsonBytes: number;
  readonly gzipBytes: number;
}

/** Runs the work once, and prints what it took. The digest is made outside of the measured time. */
export async function report(
  work: () => Promise<{ readonly json: Iterable<string>; readonly gzipBytes: number }>,
): Promise<void> {
  const start = performance.now();
  const { json, gzipBytes } = await work();
  const milliseconds = performance.now() - start;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const hash = createHash('sha256');
  let jsonBytes = 0;
  for (const chunk of json) {
    hash.update(chunk);
    jsonBytes += Buffer.byteLength(chunk);
  }
  const measurement: Measurement = { milliseconds, peakBytes, digest: hash.digest('hex'), jsonBytes, gzipBytes };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
