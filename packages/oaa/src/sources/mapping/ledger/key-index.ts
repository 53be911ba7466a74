import { foldKey } from '../../../payload/keys.ts';

const firstCapacity = 1_024;
const free = -1;

/** FNV-1a over UTF-16 units: quick for the short texts that keys are. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * Keys in the order in which they came, found without regard to case. A hash table of integers: for a million keys a
 * Map takes several times the memory, and both the old and the new one when it grows.
 */
export class KeyIndex {
  readonly #keys: string[] = [];
  /** Numbers of keys by hash, with linear probing. */
  #table = new Int32Array(firstCapacity).fill(free);

  get length(): number {
    return this.#keys.length;
  }

  at(number: number): string {
    return this.#keys[number] as string;
  }

  /** Spells a key differently; case is all that may differ. */
  respell(number: number, key: string): void {
    this.#keys[number] = key;
  }

  /** The number of a key, which is entered when it is new. */
  add(key: string): number {
    const folded = foldKey(key);
    let place = this.#place(folded);
    const known = this.#table[place] as number;
    if (known !== free) return known;
    if (this.#keys.length * 2 >= this.#table.length) {
      this.#grow();
      place = this.#place(folded);
    }
    const number = this.#keys.push(key) - 1;
    this.#table[place] = number;
    return number;
  }

  /** Where a key stands in the table, or would stand. */
  #place(folded: string): number {
    const mask = this.#table.length - 1;
    for (let place = hashOf(folded) & mask; ; place = (place + 1) & mask) {
      const number = this.#table[place] as number;
      if (number === free || foldKey(this.#keys[number] as string) === folded) return place;
    }
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(free);
    this.#keys.forEach((key, number) => {
      this.#table[this.#place(foldKey(key))] = number;
    });
  }
}
