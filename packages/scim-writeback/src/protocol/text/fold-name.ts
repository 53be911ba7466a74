import { isPrintableAscii } from './printable-ascii.ts';

/** A name of an attribute or a URN for comparing: only ASCII letters have case in these. RFC 7643 s2.1, RFC 8141 s3. */
export function foldName(name: string): string {
  if (isPrintableAscii(name)) return name.toLowerCase();
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
