const lineFeed = 10;
const carriageReturn = 13;

/** Counts the lines of a text that comes in chunks of UTF-8. A line ends at LF, CR LF or CR. */
export class LineCounter {
  /** The line in which the next chunk begins, from 1. */
  line = 1;
  #afterReturn = false;

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.line = this.lineAfter(chunk);
    this.#afterReturn = chunk[chunk.length - 1] === carriageReturn;
  }

  /** The line behind a part of the next chunk. */
  lineAfter(part: Uint8Array): number {
    let { line } = this;
    if (this.#afterReturn && part[0] === lineFeed) line -= 1;
    for (let at = part.indexOf(lineFeed); at >= 0; at = part.indexOf(lineFeed, at + 1)) line += 1;
    for (let at = part.indexOf(carriageReturn); at >= 0; at = part.indexOf(carriageReturn, at + 1)) {
      if (part[at + 1] !== lineFeed) line += 1;
    }
    return line;
  }
}
