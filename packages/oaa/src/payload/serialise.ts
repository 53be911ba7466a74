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

function isStreaming(source: PayloadSource): source is StreamingPayload {
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

function* pieces(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null || remainingBudget(value, nodeBudget) >= 0) {
    const text = JSON.stringify(value);
    yield text === undefined ? 'null' : text;
  } else if (Array.isArray(value)) {
    yield '[';
    for (let index = 0; index < value.length; index += 1) {
      if (index > 0) yield ',';
      yield* pieces(value[index]);
    }
    yield ']';
  } else {
    yield '{';
    let first = true;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || typeof item === 'function') continue;
      yield `${first ? '' : ','}${JSON.stringify(key)}:`;
      first = false;
      yield* pieces(item);
    }
    yield '}';
  }
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
  return isStreaming(source) ? source.jsonChunks() : joinPieces(pieces(source));
}
