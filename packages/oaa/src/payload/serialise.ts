import { InputError } from '../errors/errors.ts';
import { limits } from './limits.ts';

/** A payload that can write itself piece by piece: what the builders are. */
export interface StreamingPayload {
  /** The JSON text of the payload in pieces of moderate size; may be called several times. */
  jsonChunks(): Iterable<string>;
  /** The payload as a plain JSON value, where it can be had without writing the text first. */
  toJSON?(): unknown;
}

/** Anything that can be pushed: a builder, or a plain JSON value that has the payload's shape. */
export type PayloadSource = StreamingPayload | Readonly<Record<string, unknown>>;

/** A list whose items are made while it is written. */
export class StreamedList<Item = unknown> {
  readonly #items: () => Iterable<Item>;

  constructor(items: () => Iterable<Item>) {
    this.#items = items;
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items()[Symbol.iterator]();
  }
}

/** The items of a list, changed one by one while they are read. */
export function* mapped<Item, Result>(items: Iterable<Item>, change: (item: Item) => Result): Generator<Result> {
  for (const item of items) yield change(item);
}

const chunkLength = 64 * 1024;
/** What one JSON.stringify may write: characters before escaping, with `valueCost` added for every value. */
const pieceBudget = 64 * 1024;
const valueCost = 32;

/** Whether the payload writes itself. */
export function isStreaming(source: PayloadSource): source is StreamingPayload {
  return 'jsonChunks' in source && typeof source.jsonChunks === 'function';
}

function checkDepth(depth: number): void {
  if (depth <= limits.jsonDepth) return;
  throw new InputError('input-invalid', `The document nests lists and objects more than ${limits.jsonDepth} deep.`, {
    hint: 'No payload needs that; look for a value that contains itself.',
  });
}

/** What a value costs apart from those in it. */
function ownCost(value: unknown): number {
  return typeof value === 'string' ? valueCost + value.length : valueCost;
}

/** How much of `budget` is left once `value` is written; negative as soon as it is used up. */
function remainingBudget(value: unknown, budget: number, depth: number): number {
  let left = budget - ownCost(value);
  if (typeof value !== 'object' || value === null) return left;
  checkDepth(depth);
  if (value instanceof StreamedList) return -1;
  // Texts and numbers are most of a payload: they are not worth a call.
  if (Array.isArray(value)) {
    for (const item of value) {
      left = typeof item === 'object' ? remainingBudget(item, left, depth + 1) : left - ownCost(item);
      if (left < 0) return left;
    }
    return left;
  }
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    left -= key.length;
    left = typeof item === 'object' ? remainingBudget(item, left, depth + 1) : left - ownCost(item);
    if (left < 0) return left;
  }
  return left;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A JSON string in pieces; a surrogate pair stays in one. */
function* textPieces(text: string): Generator<string> {
  if (text.length <= pieceBudget) {
    yield JSON.stringify(text);
    return;
  }
  yield '"';
  for (let start = 0; start < text.length; ) {
    let end = start + pieceBudget;
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    yield JSON.stringify(text.slice(start, end)).slice(1, -1);
    start = end;
  }
  yield '"';
}

function* objectPieces(value: object, depth: number): Generator<string> {
  let separator = '{';
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || typeof item === 'function' || typeof item === 'symbol') continue;
    yield separator;
    separator = ',';
    yield* textPieces(key);
    yield ':';
    yield* valuePieces(item, depth + 1);
  }
  yield separator === '{' ? '{}' : '}';
}

/** Small items are written together, so that many of them cost one call. */
function* listPieces(items: Iterable<unknown>, depth: number): Generator<string> {
  let batch: unknown[] = [];
  let budget = pieceBudget;
  let separator = '[';
  for (const item of items) {
    const left = remainingBudget(item, budget, depth + 1);
    if (left >= 0) {
      batch.push(item);
      budget = left;
      continue;
    }
    if (batch.length > 0) {
      yield separator + JSON.stringify(batch).slice(1, -1);
      separator = ',';
    }
    batch = [];
    budget = remainingBudget(item, pieceBudget, depth + 1);
    if (budget >= 0) batch.push(item);
    else {
      yield separator;
      separator = ',';
      yield* valuePieces(item, depth + 1);
      budget = pieceBudget;
    }
  }
  if (batch.length > 0) yield `${separator}${JSON.stringify(batch).slice(1, -1)}]`;
  else yield separator === '[' ? '[]' : ']';
}

/** The JSON text of a value in pieces of bounded size. */
function* valuePieces(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string') yield* textPieces(value);
  else if (typeof value !== 'object' || value === null || remainingBudget(value, pieceBudget, depth) >= 0) {
    yield JSON.stringify(value) ?? 'null';
  } else if (Array.isArray(value) || value instanceof StreamedList) yield* listPieces(value, depth);
  else yield* objectPieces(value, depth);
}

/** Joins small pieces to chunks of about 64 kB. */
export function* joinPieces(source: Iterable<string>): Generator<string> {
  let buffered: string[] = [];
  let length = 0;
  for (const piece of source) {
    buffered.push(piece);
    length += piece.length;
    if (length >= chunkLength) {
      yield buffered.join('');
      buffered = [];
      length = 0;
    }
  }
  if (length > 0) yield buffered.join('');
}

/**
 * The JSON text of a payload in chunks of about 64 kB, so that no string of the document's size is ever made.
 * Joined, the chunks are what `JSON.stringify` would give.
 *
 * @throws InputError while it is read, for a document that nests more than `limits.jsonDepth` deep.
 */
export function jsonChunks(source: PayloadSource): Iterable<string> {
  return isStreaming(source) ? source.jsonChunks() : joinPieces(valuePieces(source, 1));
}
