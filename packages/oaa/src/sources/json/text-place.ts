/** How many UTF-16 units begin in these bytes of UTF-8. */
function unitsIn(bytes: Uint8Array): number {
  let units = 0;
  for (const byte of bytes) units += byte >= 0xf0 ? 2 : (byte & 0xc0) === 0x80 ? 0 : 1;
  return units;
}

/** Where in a text of UTF-8 that comes in chunks something stands. */
export class TextPlace {
  #line = 1;
  #column = 1;

  /** Passes over a chunk. */
  add(chunk: Buffer): void {
    const { row, column } = this.at(chunk, chunk.length);
    this.#line = row;
    this.#column = column;
  }

  /** Line and column of a byte of the next chunk, or of one shortly before it. Columns count UTF-16 units. */
  at(chunk: Buffer, offset: number): { row: number; column: number } {
    if (offset < 0) return { row: this.#line, column: Math.max(1, this.#column + offset) };
    const before = chunk.subarray(0, offset);
    let row = this.#line;
    for (let at = before.indexOf(10); at >= 0; at = before.indexOf(10, at + 1)) row += 1;
    const inLine = unitsIn(before.subarray(before.lastIndexOf(10) + 1));
    return { row, column: row === this.#line ? this.#column + inLine : inLine + 1 };
  }
}
