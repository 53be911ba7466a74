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

  /** Line and column of a byte of the next chunk. Columns count UTF-16 units. */
  at(chunk: Buffer, offset: number): { row: number; column: number } {
    const before = chunk.subarray(0, Math.max(0, offset));
    let row = this.#line;
    for (let at = before.indexOf(10); at >= 0; at = before.indexOf(10, at + 1)) row += 1;
    const inLine = before.subarray(before.lastIndexOf(10) + 1).toString('utf8').length;
    return { row, column: row === this.#line ? this.#column + inLine : inLine + 1 };
  }
}
