import { isUtf8 } from 'node:buffer';
import { LineCounter } from './line-counter.ts';
import { sourceError } from './source-problem.ts';

/** How many bytes at the end of `chunk` begin a character that is not complete. */
function incompleteBytes(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back += 1) {
    const byte = chunk[chunk.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** The length of the longest beginning that is UTF-8. */
function validLength(chunk: Buffer): number {
  let valid = 0;
  let invalid = chunk.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const part = chunk.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - incompleteBytes(part)))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

/** What the first bytes of a file give away. */
function likelyFormat(start: Uint8Array): string | undefined {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'It begins like UTF-16: name it, encoding: utf-16le.';
  if (first === 0xfe && second === 0xff) return 'It begins like UTF-16: name it, encoding: utf-16be.';
  if (first === 0x1f && second === 0x8b) return 'It is compressed with gzip: let its name end in .gz.';
  if (first === 0x50 && second === 0x4b && start[2] === 3) {
    return 'It is a workbook or a zip archive: save the table as CSV (UTF-8).';
  }
  if (start.length > 1 && second === 0) return 'It looks like UTF-16: name it, encoding: utf-16le.';
  if (start.length > 1 && first === 0) return 'It looks like UTF-16: name it, encoding: utf-16be.';
  return undefined;
}

/**
 * Lets UTF-8 through as it is, in chunks that end between characters.
 * @throws InputError with the line in which the first wrong byte stands
 */
export async function* checkUtf8(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let carried: Buffer = Buffer.alloc(0);
  const lines = new LineCounter();
  let first = true;
  let format: string | undefined;
  const wrong = (row: number) =>
    sourceError(
      'wrong-type',
      { file, row },
      'The text is not UTF-8 here.',
      format ?? 'Name its encoding in the mapping, for example encoding: windows-1252, or save it as UTF-8.',
    );
  for await (const chunk of chunks) {
    const whole = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    if (first) format = likelyFormat(whole);
    first = whole.length < 3;
    const end = whole.length - incompleteBytes(whole);
    const complete = whole.subarray(0, end);
    if (!isUtf8(complete))
      throw wrong(format === undefined ? lines.lineAfter(whole.subarray(0, validLength(whole))) : lines.line);
    if (format !== undefined && complete.includes(0)) throw wrong(lines.line);
    carried = whole.subarray(end);
    lines.add(complete);
    if (complete.length > 0) yield complete;
  }
  if (carried.length > 0) throw wrong(lines.line);
}
