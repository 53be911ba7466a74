import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const maximumSizeBytes = 8 * 1024 * 1024;

/** The beginning of a file, decompressed where its name says so; what cannot be read is for the reader to tell. */
export async function readHead(path: string): Promise<Buffer> {
  const raw = createReadStream(path);
  const bytes = path.toLowerCase().endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => bytes.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of bytes) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maximumSizeBytes) break;
    }
  } catch {
    // The same happens again where the file is really read, and is told there.
  } finally {
    raw.destroy();
    bytes.destroy();
  }
  return Buffer.concat(chunks);
}

/** The encoding of a text that is not UTF-8, as far as its beginning tells; undefined for UTF-8. */
export function guessEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Latin letters without a byte order mark.
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) return 'utf-16le';
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) return 'utf-16be';
  // The last character may be cut.
  for (let cut = 0; cut < 4; cut += 1) if (isUtf8(head.subarray(0, Math.max(0, head.length - cut)))) return undefined;
  return 'windows-1252';
}
