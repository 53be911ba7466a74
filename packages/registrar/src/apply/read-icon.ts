import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { maximumIconBytes } from '@oaa-kit/oaa';
import type { DeclaredIcon } from '../manifest/declared-provider.ts';

/** The bytes of an icon as they were when the plan was made, or why there are none. */
export async function readIcon({ file, sha256 }: DeclaredIcon): Promise<Uint8Array | { readonly problem: string }> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > maximumIconBytes) return { problem: `the icon ${file} has changed since the plan was made` };
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { problem: `the icon ${file} cannot be read (${code})` };
  }
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  return { problem: `the icon ${file} has changed since the plan was made` };
}
