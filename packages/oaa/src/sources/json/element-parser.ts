import { type ParsedTokenInfo, Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { InputError } from '../../errors/errors.ts';
import type { Row } from '../row.ts';
import { sourceError } from '../source-problem.ts';
import { ArraySearch } from './array-search.ts';
import { maximumDepth, maximumValueBytes } from './json-limits.ts';
import { jsonRow } from './json-row.ts';
import { TextPlace } from './text-place.ts';

const opens = (token: TokenType): boolean => token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
const closes = (token: TokenType): boolean => token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET;

/** Turns chunks of a JSON document into the elements of one of its arrays. */
export class ElementParser {
  /** Why nothing more can be read. */
  failure: Error | undefined;
  readonly #file: string;
  readonly #search: ArraySearch;
  readonly #tokenizer = new Tokenizer();
  readonly #element = new TokenParser({ paths: ['$'], separator: '' });
  readonly #place = new TextPlace();
  #rows: Row[] = [];
  #count = 0;
  /** Containers that are open within the element. */
  #depth = 0;
  /** Bytes before the current chunk. */
  #offset = 0;
  /** Where the last token stood, and how it begins; undefined before the first. */
  #last: { readonly offset: number; readonly text: string } | undefined;
  /** Where the value began that is being read. */
  #valueOffset = 0;

  constructor(file: string, steps: readonly string[]) {
    this.#file = file;
    this.#search = new ArraySearch(file, steps);
    this.#tokenizer.onToken = (token) => this.#take(token);
    this.#element.onValue = ({ value }) => {
      this.#count += 1;
      this.#rows.push(jsonRow(this.#count, value));
    };
  }

  /** The elements that a chunk completes; at the end of the file call `finish`. */
  read(chunk: Buffer): readonly Row[] {
    this.#rows = [];
    try {
      this.#tokenizer.write(chunk);
    } catch (error) {
      this.failure = this.#explain(error, chunk);
      return this.#rows;
    }
    this.#place.add(chunk);
    this.#offset += chunk.length;
    if (this.#offset - this.#valueOffset > maximumValueBytes) {
      const what = this.#depth > 0 ? `Element ${this.#count + 1}` : 'A value';
      this.failure = sourceError(
        'too-long',
        { file: this.#file, row: this.#count + 1 },
        `${what} is longer than ${maximumValueBytes.toLocaleString('en')} bytes.`,
        'Mostly a quote or bracket that is not closed.',
      );
    }
    return this.#rows;
  }

  finish(): readonly Row[] {
    this.#rows = [];
    const nothing = Buffer.alloc(0);
    const place = { file: this.#file, ...this.#place.at(nothing, 0) };
    try {
      this.#tokenizer.end();
    } catch {
      this.failure = sourceError('json-syntax', place, 'The file ends in the middle of a value.');
      return this.#rows;
    }
    if (this.#search.isEnded) {
      try {
        this.#search.finish();
      } catch (error) {
        this.failure = error as Error;
      }
    } else if (this.#last === undefined) {
      this.failure = sourceError('json-syntax', place, 'The file is empty.', 'A JSON file without rows is [].');
    } else {
      this.failure = sourceError(
        'json-syntax',
        place,
        'The file ends before its brackets are closed.',
        'It may have been cut off: fetch it again.',
      );
    }
    return this.#rows;
  }

  #take({ token, value, offset }: ParsedTokenInfo): void {
    this.#last = { offset, text: token === TokenType.STRING ? '"' : String(value).charAt(0) };
    this.#valueOffset = this.#depth === 0 ? offset : this.#valueOffset;
    if (this.#depth > 0) this.#takeWithin({ token, value });
    else if (!this.#search.isInside || closes(token) || token === TokenType.COMMA || token === TokenType.COLON) {
      this.#search.write({ token, value });
    } else {
      this.#search.passElement();
      this.#takeWithin({ token, value });
    }
  }

  #takeWithin(token: Pick<ParsedTokenInfo, 'token' | 'value'>): void {
    this.#element.write(token);
    if (opens(token.token)) this.#depth += 1;
    else if (closes(token.token)) this.#depth -= 1;
    if (this.#depth > maximumDepth) {
      throw sourceError(
        'too-deep',
        { file: this.#file, row: this.#count + 1 },
        `Element ${this.#count + 1} is nested deeper than ${maximumDepth} levels.`,
      );
    }
  }

  #explain(error: unknown, chunk: Buffer): Error {
    if (error instanceof InputError) return error;
    // The tokenizer says where it stands only in its message; for a token in the wrong place it is the token's.
    const stated = /at chunk position "(\d+)"/.exec((error as Error).message)?.[1];
    const last = this.#last ?? { offset: 0, text: '' };
    const at = stated === undefined ? last.offset - this.#offset : Number(stated);
    const character = stated === undefined ? last.text : (chunk.subarray(at).toString('utf8', 0, 4).at(0) ?? '');
    return sourceError(
      'json-syntax',
      { file: this.#file, ...this.#place.at(chunk, at) },
      `The file is not JSON here: unexpected ${JSON.stringify(character)}.`,
      this.#search.isEnded ? 'A file with one object on each line is format: ndjson.' : undefined,
    );
  }
}
