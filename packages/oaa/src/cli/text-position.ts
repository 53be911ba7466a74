import { printableLine } from './printable.ts';

/** A place in a text. Both count from 1; columns count UTF-16 units. */
export interface TextPosition {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns of indexes into a text, which must be in ascending order. */
export function positionsAt(text: string, offsets: readonly number[]): TextPosition[] {
  let row = 1;
  let lineStart = 0;
  return offsets.map((offset) => {
    for (let end = text.indexOf('\n', lineStart); end !== -1 && end < offset; end = text.indexOf('\n', lineStart)) {
      row += 1;
      lineStart = end + 1;
    }
    return { row, column: offset - lineStart + 1 };
  });
}

/** The text around an index, on one line, with a mark below the place. */
export function excerptAt(text: string, offset: number, reach = 36): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const start = Math.max(lineStart, offset - reach);
  const end = Math.min(lineEnd === -1 ? text.length : lineEnd, offset + reach);
  const before = printableLine(`${start > lineStart ? '...' : ''}${text.slice(start, offset)}`);
  return `${before}${printableLine(text.slice(offset, end).trimEnd())}\n${' '.repeat(before.length)}^`;
}
