import type { Readable } from 'node:stream';
import type { RowSource } from '../row.ts';
import { skipLines } from '../skip-lines.ts';
import { chunksOf } from '../stream-chunks.ts';
import { ElementParser } from './element-parser.ts';
import { parseJsonPointer } from './json-pointer.ts';
import { JsonSource } from './json-source.ts';

/**
 * The elements of an array in a JSON document, which is never held as a whole. Elements that are no objects are rows
 * with a fault; broken syntax ends the reading.
 *
 * @param bytes UTF-8; destroyed at the end of the reading
 * @param file what messages call it
 * @param pointer where the array is (RFC 6901); the empty text, which is the default, is the document itself
 * @throws InputError for what is not a JSON pointer; while reading, for broken syntax and when there is no array
 */
export function readJson(bytes: Readable, file: string, pointer = ''): RowSource {
  const steps = parseJsonPointer(pointer, file);
  return new JsonSource(file, 'element', bytes, async function* () {
    const parser = new ElementParser(file, steps);
    for await (const chunk of skipLines(chunksOf(bytes), 0)) {
      const rows = parser.read(chunk);
      if (rows.length > 0) yield rows;
      if (parser.failure !== undefined) throw parser.failure;
    }
    const rows = parser.finish();
    if (rows.length > 0) yield rows;
    if (parser.failure !== undefined) throw parser.failure;
  });
}
