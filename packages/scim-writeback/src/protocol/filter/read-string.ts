import { invalidFilterAt } from './filter-problem.ts';
import type { Token } from './read-token.ts';

type StringToken = Extract<Token, { kind: 'string' }>;

const backslash = 0x5c;
const firstPrintable = 0x20;

/** What stands behind a backslash -> what it means. RFC 8259 s7. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * The string whose opening quote stands at `start`. Between the quotes everything but the quote and the escapes of JSON
 * is text, brackets and parentheses too. RFC 7644 s3.4.2.2: values follow the rules of JSON.
 */
export function readString(text: string, start: number): StringToken {
  const quote = text[start] === "'" ? "'" : '"';
  const quoteCode = quote.charCodeAt(0);
  let value = '';
  let runStart = start + 1;
  let offset = runStart;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (Number.isNaN(code)) throw invalidFilterAt(offset, 'the closing quote of the string', 'the end');
    if (code === quoteCode) break;
    if (code < firstPrintable) {
      throw invalidFilterAt(offset, 'an escape such as \\n in a string', 'a control character');
    }
    if (code === backslash) {
      value += text.slice(runStart, offset);
      const escaped = readEscape(text, offset, quote);
      value += escaped.character;
      offset = escaped.end;
      runStart = offset;
    } else offset++;
  }
  value += text.slice(runStart, offset);
  // Half a surrogate pair is no text: a database would store and compare something else than what was asked for.
  if (!value.isWellFormed()) {
    throw invalidFilterAt(start, 'a string of whole Unicode characters', 'half a surrogate pair');
  }
  return { kind: 'string', start, end: offset + 1, value, quote };
}

function readEscape(text: string, offset: number, quote: string): { character: string; end: number } {
  const letter = text[offset + 1] ?? '';
  if (letter === 'u') {
    const digits = text.slice(offset + 2, offset + 6);
    if (digits.length === 4 && [...digits].every(isHexDigit)) {
      return { character: String.fromCharCode(Number.parseInt(digits, 16)), end: offset + 6 };
    }
    throw invalidFilterAt(offset, 'four hexadecimal digits behind \\u', 'something else');
  }
  const character = letter === quote ? quote : escapes.get(letter);
  if (character === undefined) {
    throw invalidFilterAt(
      offset,
      'an escape that JSON knows (\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000)',
      'another one',
    );
  }
  return { character, end: offset + 2 };
}

function isHexDigit(character: string): boolean {
  return '0123456789abcdefABCDEF'.includes(character);
}
