import { isPrintableAscii } from './printable-ascii.ts';

/**
 * A string for comparing where an attribute is not caseExact: composed, lower case, without the special form of a sigma
 * at the end of a word (else `sw` would not match what `eq` matches). RFC 7643 s2.2, RFC 7644 s5.
 */
export function foldCase(text: string): string {
  // Of these there is one composed form, and nothing but letters has case.
  if (isPrintableAscii(text)) return text.toLowerCase();
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
