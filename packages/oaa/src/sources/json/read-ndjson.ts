import type { Readable } from 'node:stream';
import { findJsonSyntaxError } from '../../settings/scan-json.ts';
import type { Row, RowSource } from '../row.ts';
import { skipLines } from '../skip-lines.ts';
import { chunksOf } from '../stream-chunks.ts';
import { maximumDepth, maximumValueBytes } from './json-limits.ts';
import { jsonRow } from './json-row.ts';
import { JsonSource } from './json-source.ts';

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof inner === 'object' && isDeeperThan(inner, depth - 1)) return true;
  }
  return false;
}

/** A line as a row; undefined when it is blank. */
function readLine(line: number, text: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isDeeperThan(value, maximumDepth)) return jsonRow(line, value);
    return { line, cells: {}, fault: `The row is nested deeper than ${maximumDepth} levels.` };
  } catch {
    if (text.trim() === '') return undefined;
    const problem = findJsonSyntaxError(text);
    const where = problem === undefined ? '' : ` at column ${problem.offset + 1}: ${problem.message}`;
    return { line, cells: {}, fault: `The line is not JSON${where}.` };
  }
}

/** Puts lines together that come in pieces. */
class Lines {
  #pieces: Buffer[] = [];
  #size = 0;
  #line = 1;

  /** The rows of the lines that a chunk ends. */
  read(chunk: Buffer): Row[] {
    const rows: Row[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#add(chunk.subarray(start, end));
      const row = this.finish();
      if (row !== undefined) rows.push(row);
      this.#line += 1;
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    return rows;
  }

  /** The row of what has come since the last line ended. */
  finish(): Row | undefined {
    const pieces = this.#pieces;
    const size = this.#size;
    this.#pieces = [];
    this.#size = 0;
    if (size > maximumValueBytes) {
      const limit = maximumValueBytes.toLocaleString('en');
      return { line: this.#line, cells: {}, fault: `The line is longer than ${limit} bytes.` };
    }
    const text = (pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)).toString('utf8');
    return readLine(this.#line, text);
  }

  #add(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size <= maximumValueBytes) this.#pieces.push(piece);
    else this.#pieces = [];
  }
}

/**
 * One JSON object on each line (NDJSON, JSON Lines). Blank lines are passed over; a line that is broken, too long or no
 * object is a row with a fault.
 *
 * @param bytes UTF-8; destroyed at the end of the reading
 * @param file what messages call it
 */
export function readNdjson(bytes: Readable, file: string): RowSource {
  return new JsonSource(file, 'line', bytes, async function* () {
    const lines = new Lines();
    for await (const chunk of skipLines(chunksOf(bytes), 0)) {
      const rows = lines.read(chunk);
      if (rows.length > 0) yield rows;
    }
    const rest = lines.finish();
    if (rest !== undefined) yield [rest];
  });
}
