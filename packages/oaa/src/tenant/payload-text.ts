import { setImmediate } from 'node:timers/promises';
import { jsonChunks, type PayloadSource } from '../payload/serialise.ts';

/** Other work gets a turn after so many chunks. */
const chunksPerTurn = 64;

/** Moves the first half of a surrogate pair at the end of a chunk to the next one: no chunk ends inside a character. */
export function* wholeCharacters(chunks: Iterable<string>): Generator<string> {
  let carried = '';
  for (const chunk of chunks) {
    const text = carried + chunk;
    const isSplit = /[\ud800-\udbff]$/.test(text.slice(-1));
    carried = isSplit ? text.slice(-1) : '';
    const whole = isSplit ? text.slice(0, -1) : text;
    if (whole !== '') yield whole;
  }
  if (carried !== '') yield carried;
}

/** The payload's JSON as UTF-8, in chunks. */
export function* utf8Chunks(payload: PayloadSource): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of wholeCharacters(jsonChunks(payload))) yield encoder.encode(text);
}

/** The payload's JSON written inside a JSON string, without the quotes, as UTF-8, in chunks. */
export function* escapedChunks(payload: PayloadSource): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of wholeCharacters(jsonChunks(payload))) yield encoder.encode(JSON.stringify(text).slice(1, -1));
}

/** Adds up the length of chunks, giving way to other work now and then. */
export async function countBytes(chunks: Iterable<Uint8Array>, signal: AbortSignal | undefined): Promise<number> {
  let bytes = 0;
  let count = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    count += 1;
    if (count % chunksPerTurn === 0) {
      signal?.throwIfAborted();
      await setImmediate();
    }
  }
  return bytes;
}
