const blockBits = 14;
const blockLength = 1 << blockBits;
const blockMask = blockLength - 1;

/**
 * A list of integers in blocks: four bytes for each (or two, for numbers below 65,536), without the copies and the slack
 * of one growing array.
 */
export class GrowingInts {
  readonly #blocks: (Int32Array | Uint16Array)[] = [];
  readonly #short: boolean;
  #length = 0;

  constructor(width: 'int' | 'short' = 'int') {
    this.#short = width === 'short';
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const offset = this.#length & blockMask;
    if (offset === 0) this.#blocks.push(this.#short ? new Uint16Array(this.#room()) : new Int32Array(this.#room()));
    else this.#makeRoom(offset);
    (this.#blocks.at(-1) as Int32Array)[offset] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return (this.#blocks[index >>> blockBits] as Int32Array)[index & blockMask] as number;
  }

  set(index: number, value: number): void {
    (this.#blocks[index >>> blockBits] as Int32Array)[index & blockMask] = value;
  }

  /** The first block begins small: most lists stay short. */
  #room(): number {
    return this.#blocks.length === 0 ? 16 : blockLength;
  }

  #makeRoom(offset: number): void {
    const block = this.#blocks.at(-1) as Int32Array | Uint16Array;
    if (offset < block.length) return;
    const larger = this.#short ? new Uint16Array(block.length * 2) : new Int32Array(block.length * 2);
    larger.set(block);
    this.#blocks[this.#blocks.length - 1] = larger;
  }
}
