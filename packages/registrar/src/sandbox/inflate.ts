import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const gunzipBytes = promisify(gunzip);

export type InflateResult =
  | { readonly bytes: Buffer }
  /** `too-large`: more than the cap would come out. `not-gzip`: damaged, cut off, or something else. */
  | { readonly problem: 'too-large' | 'not-gzip' };

/** Decompresses a gzip document of at most `maximumBytes`; a bomb costs no more memory than that. */
export async function inflate(compressed: Uint8Array, maximumBytes: number): Promise<InflateResult> {
  try {
    return { bytes: await gunzipBytes(compressed, { maxOutputLength: maximumBytes }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { problem: code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'not-gzip' };
  }
}
