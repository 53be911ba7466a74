import type { Profile } from '../profile.ts';
import type { AttributePath } from '../schemas/attribute-path.ts';
import { foldName } from '../text/fold-name.ts';
import type { ComparisonOperator, Filter, FilterValue } from './filter.ts';
import { maxFilterBytes, maxFilterDepth, maxFilterTerms } from './filter-limits.ts';
import { isAttributeName, readAttributePath } from './filter-path.ts';
import { invalidFilter, invalidFilterAt } from './filter-problem.ts';
import { readToken, type Token, unexpectedToken } from './read-token.ts';
import { readWordValue } from './read-word-value.ts';

/** What reading a filter depends on. */
export type FilterSyntaxProfile = Pick<Profile, 'unquotedFilterWords'>;

const operators: ReadonlyMap<string, ComparisonOperator> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const).map((operator) => [operator, operator]),
);

/**
 * Reads the text of a filter. RFC 7644 s3.4.2.2.
 *
 * Beyond the RFC it takes `emails[type eq "work"].value eq "x"` (Entra ID), white space of any kind and only where words
 * would run together, and as the profile says words without quotes and strings in single quotes.
 *
 * Takes time in proportion to the text: no character is looked at twice, and depth is bounded.
 *
 * @throws ScimError 400 invalidFilter, with the column and what was expected there; also beyond 4096 bytes, 20 levels or
 * 128 terms.
 * @example parseFilter('userName eq "jane" and active eq true', standardProfile)
 */
export function parseFilter(text: string, profile: FilterSyntaxProfile): Filter {
  const parser = new Parser(text, 0, profile);
  const filter = parser.disjunction();
  parser.expect('end', 'and, or, or the end');
  return filter;
}

/**
 * Reads the filter between brackets within a longer text, such as the path of a PATCH operation. `start` is the offset
 * behind the opening bracket; the answer's `end` is the offset behind the closing one.
 *
 * @throws ScimError as {@link parseFilter}
 */
export function parseBracketedFilter(
  text: string,
  start: number,
  profile: FilterSyntaxProfile,
): { readonly filter: Filter; readonly end: number } {
  const parser = new Parser(text, start, profile);
  const filter = parser.bracketed();
  return { filter, end: parser.consumed };
}

/** Recursive descent over tokens; its recursion is bounded by {@link maxFilterDepth}. */
class Parser {
  readonly #text: string;
  readonly #lenient: boolean;
  #ahead: Token | undefined;
  #depth = 0;
  #terms = 0;
  #inBrackets = false;
  /** The offset behind the last token that was taken. */
  consumed: number;

  constructor(text: string, start: number, profile: FilterSyntaxProfile) {
    if (utf8Length(text) > maxFilterBytes) {
      throw invalidFilter(`The filter is longer than ${maxFilterBytes} bytes; ask for less at once.`);
    }
    this.#text = text;
    this.#lenient = profile.unquotedFilterWords === 'accept';
    this.consumed = start;
  }

  // RFC 7644 s3.4.2.2: grouping binds closest, then not, then and, then or.
  disjunction(): Filter {
    return this.#joined('or', () => this.#joined('and', () => this.#operand()));
  }

  bracketed(): Filter {
    this.#inBrackets = true;
    const filter = this.#nested(']', 'and, or, or "]"');
    this.#inBrackets = false;
    return filter;
  }

  expect(kind: Token['kind'], expected: string): void {
    if (this.#token.kind !== kind) throw unexpectedToken(this.#token, expected);
    if (kind !== 'end') this.#take();
  }

  #joined(kind: 'and' | 'or', operand: () => Filter): Filter {
    const first = operand();
    if (!this.#isKeyword(kind)) return first;
    const operands = [first];
    while (this.#isKeyword(kind)) {
      this.#take();
      operands.push(operand());
    }
    return { kind, operands };
  }

  #operand(): Filter {
    if (this.#isAt('(')) return this.#parenthesised();
    const word = this.#takeWord('an attribute, not, or "("');
    if (foldName(word.text) === 'not' && this.#isAt('(')) return { kind: 'not', operand: this.#parenthesised() };
    const path = readAttributePath(word.text);
    if (path === undefined) throw unexpectedToken(word, 'an attribute such as userName or name.familyName');
    return this.#isAt('[') ? this.#valuePath(path) : this.#term({ path });
  }

  #parenthesised(): Filter {
    this.#take();
    return this.#nested(')', 'and, or, or ")"');
  }

  #valuePath(path: AttributePath): Filter {
    // RFC 7644 s3.4.2.2 figure 1: a valFilter has no value paths, since no complex value contains another one.
    if (this.#inBrackets) throw unexpectedToken(this.#token, 'an operator (brackets do not nest)');
    if (path.sub !== undefined) throw unexpectedToken(this.#token, 'an operator (brackets follow an attribute)');
    this.#take();
    const filter = this.bracketed();
    const next = this.#token;
    if (next.kind !== 'word' || !next.text.startsWith('.')) return { kind: 'value-path', path, filter };
    const sub = next.text.slice(1);
    if (!isAttributeName(sub)) throw unexpectedToken(next, 'a sub-attribute such as .value');
    this.#take();
    return this.#term({ path: { ...path, sub }, selection: filter });
  }

  #term(subject: { readonly path: AttributePath; readonly selection?: Filter }): Filter {
    const expected = 'an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)';
    const word = this.#takeWord(expected);
    if (++this.#terms > maxFilterTerms) {
      throw invalidFilter(`The filter has more than ${maxFilterTerms} comparisons; ask for less at once.`);
    }
    const name = foldName(word.text);
    if (name === 'pr') return { kind: 'presence', ...subject };
    const operator = operators.get(name);
    if (operator === undefined) throw unexpectedToken(word, expected);
    const valueToken = this.#token;
    const value = this.#value();
    // Absence and presence are all that null can mean (Entra ID and others ask `eq null`).
    if (value === null && operator !== 'eq' && operator !== 'ne') {
      throw invalidFilterAt(valueToken.start, 'a value other than null, which only eq and ne know', 'null');
    }
    return { kind: 'comparison', ...subject, operator, value };
  }

  #value(): FilterValue {
    const token = this.#token;
    if (token.kind === 'string' && (token.quote === '"' || this.#lenient)) {
      this.#take();
      return token.value;
    }
    if (token.kind === 'word') {
      const value =
        readWordValue(token.text) ?? (this.#lenient && token.text.isWellFormed() ? { value: token.text } : undefined);
      if (value !== undefined) {
        this.#take();
        return value.value;
      }
    }
    throw unexpectedToken(token, 'a value: a string in double quotes, a number, true, false or null');
  }

  #nested(closing: ')' | ']', expected: string): Filter {
    this.#depth++;
    if (this.#depth > maxFilterDepth) {
      throw invalidFilter(`The filter is nested deeper than ${maxFilterDepth} levels; write it flatter.`);
    }
    const filter = this.disjunction();
    this.expect(closing, expected);
    this.#depth--;
    return filter;
  }

  #isAt(kind: Token['kind']): boolean {
    return this.#token.kind === kind;
  }

  #isKeyword(keyword: string): boolean {
    return this.#token.kind === 'word' && foldName(this.#token.text) === keyword;
  }

  #takeWord(expected: string): Extract<Token, { kind: 'word' }> {
    const token = this.#token;
    if (token.kind !== 'word') throw unexpectedToken(token, expected);
    this.#take();
    return token;
  }

  /** Read when it is asked for, so that what follows closing brackets is left to who reads on from there. */
  get #token(): Token {
    this.#ahead ??= readToken(this.#text, this.consumed);
    return this.#ahead;
  }

  #take(): void {
    this.consumed = this.#token.end;
    this.#ahead = undefined;
  }
}

/** The length in UTF-8, without encoding; a text beyond any bound is not walked through. */
function utf8Length(text: string): number {
  if (text.length > maxFilterBytes) return text.length;
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
