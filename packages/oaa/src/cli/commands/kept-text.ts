/** Keeps a text that passes by in pieces, as long as it is not too long. */
export class KeptText {
  readonly #maximumLength: number;
  #pieces: string[] | undefined = [];
  /** Characters that went by. */
  length = 0;

  constructor(maximumLength: number) {
    this.#maximumLength = maximumLength;
  }

  /** The pieces that were kept; undefined once the text was too long. */
  get pieces(): readonly string[] | undefined {
    return this.#pieces;
  }

  /** Hands the pieces on. */
  *of(pieces: Iterable<string>): Generator<string> {
    for (const piece of pieces) {
      this.length += piece.length;
      if (this.length > this.#maximumLength) this.#pieces = undefined;
      this.#pieces?.push(piece);
      yield piece;
    }
  }
}
