/** A payload that can write itself piece by piece: what the builders are. */
export interface StreamingPayload {
  /** The JSON text of the payload in pieces of moderate size; may be called several times. */
  jsonChunks(): Iterable<string>;
}

/** Anything that can be pushed: a builder, or a plain JSON value that has the payload's shape. */
export type PayloadSource = StreamingPayload | Readonly<Record<string, unknown>>;

const chunkLength = 64 * 1024;
/** A value with fewer nodes than this is written by one JSON.stringify. */
const nodeBudget = 2_000;

/** Whether the payload writes itself. */
export function isStreaming(source: PayloadSource): source is StreamingPayload {
  return 'jsonChunks' in source && typeof source.jsonChunks === 'function';
}

/** How much of `budget` remains after counting the nodes of `value`; negative as soon as it is used up. */
function remainingBudget(value: unknown, budget: number): number {
  let left = budget - 1;
  if (typeof value === 'string') return left - (value.length >>> 10);
  if (typeof value !== 'object' || value === null) return left;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = remainingBudget(item, left);
      if (left < 0) return left;
    }
    return left;
  }
  for (const key in value) {
    left = remainingBudget((value as Record<string, unknown>)[key], left);
    if (left < 0) return left;
  }
  return left;
}

/** The JSON text of a value in pieces of bounded size. */
export function* jsonPieces(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null || remainingBudget(value, nodeBudget) >= 0) {
    const text = JSON.stringify(value);
    yield text === undefined ? 'null' : text;
  } else if (Array.isArray(value)) {
    yield* jsonList(value);
  } else {
    yield '{';
    let first = true;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || typeof item === 'function') continue;
      yield `${first ? '' : ','}${JSON.stringify(key)}:`;
      first = false;
      yield* jsonPieces(item);
    }
    yield '}';
  }
}

/** The JSON text of a list in pieces; small items are written together, so that many of them cost one call. */
export function* jsonList(items: Iterable<unknown>): Generator<string> {
  let batch: unknown[] = [];
  let budget = nodeBudget;
  let separator = '[';
  for (const item of items) {
    const left = remainingBudget(item, budget);
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
    budget = remainingBudget(item, nodeBudget);
    if (budget >= 0) batch.push(item);
    else {
      yield separator;
      separator = ',';
      yield* jsonPieces(item);
      budget = nodeBudget;
    }
  }
  if (batch.length > 0) yield `${separator}${JSON.stringify(batch).slice(1, -1)}]`;
  else yield separator === '[' ? '[]' : ']';
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
 */
export function jsonChunks(source: PayloadSource): Iterable<string> {
  return isStreaming(source) ? source.jsonChunks() : joinPieces(jsonPieces(source));
}
