import { invalidFilterAt } from './filter-problem.ts';
import { readString } from './read-string.ts';

/** A piece of a filter's text. `start` and `end` are offsets in UTF-16 units. */
export type Token =
  | { readonly kind: '(' | ')' | '[' | ']' | 'end'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'string';
      readonly start: number;
      readonly end: number;
      readonly value: string;
      readonly quote: '"' | "'";
    }
  | { readonly kind: 'word'; readonly start: number; readonly end: number; readonly text: string };

const doubleQuote = 0x22;
const singleQuote = 0x27;
const punctuation: ReadonlyMap<number, '(' | ')' | '[' | ']'> = new Map([
  [0x28, '('],
  [0x29, ')'],
  [0x5b, '['],
  [0x5d, ']'],
]);

/**
 * The next token at or after an offset. Every character is looked at once; white space only separates. A word is all
 * that stands between white space, double quotes, parentheses and brackets: paths, operators, numbers, literals.
 *
 * @throws ScimError 400 invalidFilter for a string without end or with an escape that JSON does not know.
 */
export function readToken(text: string, offset: number): Token {
  let start = offset;
  while (isSpace(text.charCodeAt(start))) start++;
  const code = text.charCodeAt(start);
  if (Number.isNaN(code)) return { kind: 'end', start, end: start };
  const kind = punctuation.get(code);
  if (kind !== undefined) return { kind, start, end: start + 1 };
  if (code === doubleQuote || code === singleQuote) return readString(text, start);
  let end = start + 1;
  while (!endsWord(text.charCodeAt(end))) end++;
  return { kind: 'word', start, end, text: text.slice(start, end) };
}

/** What a token is, for a message. */
function describeToken(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'string') return 'a string';
  return token.kind === 'word' ? 'another word' : `"${token.kind}"`;
}

/** The error for a token that cannot stand where it does. */
export function unexpectedToken(token: Token, expected: string): Error {
  return invalidFilterAt(token.start, expected, describeToken(token));
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function endsWord(code: number): boolean {
  return Number.isNaN(code) || isSpace(code) || code === doubleQuote || punctuation.has(code);
}
