import { type ParsedTokenInfo, TokenParser, TokenType } from '@streamparser/json';
import { didYouMean } from '../../errors/nearest-name.ts';
import { sourceError } from '../source-problem.ts';
import { maximumDepth } from './json-limits.ts';
import { formatJsonPointer } from './json-pointer.ts';
import { kindOfJson } from './json-row.ts';

/** So many keys are named in a message. */
const namedKeys = 20;

type Token = Pick<ParsedTokenInfo, 'token' | 'value'>;

interface Container {
  readonly isArray: boolean;
  /** Whether the pointer leads to it or through it. */
  readonly onPath: boolean;
  /** The key or index of the value that comes next. */
  key: string | undefined;
  index: number;
}

/** The last thing on the path to the array that was found. */
interface Found {
  readonly depth: number;
  readonly kind: string;
  readonly keys: string[];
  readonly arrays: string[];
}

/**
 * Follows the tokens of a document up to the array at a pointer, and behind it; checks the syntax of all that is not a
 * row. Where a key stands twice, the first counts.
 */
export class ArraySearch {
  /** Whether the tokens that come are elements of the array, or its end. */
  isInside = false;
  readonly #file: string;
  readonly #steps: readonly string[];
  readonly #syntax: TokenParser;
  readonly #stack: Container[] = [];
  #found: Found = { depth: -1, kind: 'nothing', keys: [], arrays: [] };
  #isDone = false;

  constructor(file: string, steps: readonly string[]) {
    this.#file = file;
    this.#steps = steps;
    // A path that no value can have: nothing is kept.
    this.#syntax = new TokenParser({ paths: [`$${'.x'.repeat(maximumDepth + 2)}`], keepStack: false });
  }

  /** Whether the document is complete. */
  get isEnded(): boolean {
    return this.#syntax.isEnded;
  }

  /** @throws whatever the parser says of a token in the wrong place; InputError when the pointer leads elsewhere */
  write(token: Token): void {
    this.#syntax.write(token);
    switch (token.token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        this.#enter(token.token === TokenType.LEFT_BRACKET);
        return;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        this.#leave();
        return;
      case TokenType.COMMA:
        this.#next();
        return;
      case TokenType.COLON:
        return;
      default:
        this.#scalar(token.value);
    }
  }

  /** An element of the array, which is read elsewhere. */
  passElement(): void {
    this.#syntax.write({ token: TokenType.NULL, value: null });
  }

  /** @throws InputError when the array was not there */
  finish(): void {
    if (!this.#isDone) throw this.#missing();
  }

  #isOnPath(): boolean {
    const container = this.#stack.at(-1);
    if (this.#isDone) return false;
    if (container === undefined) return true;
    const step = this.#steps[this.#stack.length - 1];
    return container.onPath && step !== undefined && step === (container.key ?? String(container.index));
  }

  #enter(isArray: boolean): void {
    if (this.#stack.length >= maximumDepth) {
      throw sourceError('too-deep', { file: this.#file }, `The file is nested deeper than ${maximumDepth} levels.`);
    }
    const onPath = this.#isOnPath();
    const depth = this.#stack.length;
    const parent = this.#stack.at(-1);
    if (isArray && parent?.onPath === true && parent.key !== undefined) this.#found.arrays.push(parent.key);
    this.#stack.push({ isArray, onPath, key: undefined, index: 0 });
    if (!onPath) return;
    this.#found = { depth, kind: kindOfJson(isArray ? [] : {}), keys: [], arrays: [] };
    if (depth === this.#steps.length && isArray) {
      this.isInside = true;
      this.#isDone = true;
    }
  }

  #leave(): void {
    this.isInside = false;
    const left = this.#stack.pop() as Container;
    if (left.onPath && !this.#isDone && this.#stack.length === this.#steps.length) throw this.#missing();
    const container = this.#stack.at(-1);
    if (container?.isArray === false) container.key = undefined;
  }

  #next(): void {
    const container = this.#stack.at(-1);
    if (container === undefined) return;
    container.index += 1;
    if (!container.isArray) container.key = undefined;
  }

  #scalar(value: unknown): void {
    const container = this.#stack.at(-1);
    if (container?.isArray === false && container.key === undefined) {
      container.key = String(value);
      if (container.onPath && this.#found.keys.length < namedKeys) this.#found.keys.push(container.key);
      return;
    }
    if (!this.#isOnPath()) return;
    this.#found = { depth: this.#stack.length, kind: kindOfJson(value), keys: [], arrays: [] };
    if (this.#stack.length === this.#steps.length) throw this.#missing();
  }

  #missing(): Error {
    const { depth, kind, keys, arrays } = this.#found;
    const wanted = formatJsonPointer(this.#steps);
    const reached = formatJsonPointer(this.#steps.slice(0, depth));
    const place = reached === '' ? 'the root' : `"${reached}"`;
    const listed = keys.length === 0 ? '' : ` with the keys ${keys.join(', ')}`;
    if (depth === this.#steps.length) {
      const [array] = arrays;
      return sourceError(
        'wrong-type',
        { file: this.#file },
        `At ${place} there is ${kind}${listed}; rows are the elements of an array.`,
        array === undefined
          ? 'Name the array in the mapping, for example pointer: /users; a file with one object on each line is format: ndjson.'
          : `Name the array in the mapping: pointer: ${formatJsonPointer([...this.#steps, array])}.`,
      );
    }
    const step = this.#steps[depth] ?? '';
    return sourceError(
      'missing-key',
      { file: this.#file },
      `There is nothing at the pointer "${wanted}": at ${place} there is ${kind}${listed}.${didYouMean(step, keys)}`,
      'Name the array in the mapping, for example pointer: /data/users; leave it out when the file itself is the array.',
    );
  }
}
