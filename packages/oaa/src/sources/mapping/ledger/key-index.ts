import { foldKey } from '../../../payload/keys.ts';
import { GrowingInts } from './growing-ints.ts';
import { Spool } from './spool.ts';

const firstCapacity = 1_024;
const stringsAtHand = 1_024;
const free = -1;

/** FNV-1a over UTF-16 units, as a signed integer: quick for the short texts that keys are. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}

/**
 * Keys in the order in which they came, found without regard to case. A hash table of integers over bytes: for a million
 * keys a Map of strings takes several times the memory, and both the old and the new one when it grows.
 */
export class KeyIndex {
  readonly #texts = new Spool(Number.POSITIVE_INFINITY).texts();
  /** Keys at hand: the first ones, for most tables have no more, and those that the bytes do not say. */
  readonly #strings = new Map<number, string>();
  readonly #hashes = new GrowingInts();
  /** The key that was entered last. */
  #newest = '';
  /** Numbers of keys by hash, with linear probing. */
  #table = new Int32Array(firstCapacity).fill(free);

  get length(): number {
    return this.#texts.length;
  }

  at(number: number): string {
    return this.#strings.get(number) ?? this.#texts.at(number);
  }

  /** Spells a key differently; case is all that may differ. */
  respell(number: number, key: string): void {
    const isNewest = number === this.length - 1 && key === this.#newest && !this.#strings.has(number);
    if (!isNewest && this.at(number) !== key) this.#strings.set(number, key);
  }

  /** The number of a key, which is entered when it is new. */
  add(key: string): number {
    const folded = foldKey(key);
    const hash = hashOf(folded);
    let place = this.#place(folded, hash);
    const known = this.#table[place] as number;
    if (known !== free) return known;
    const number = this.length;
    if (number * 2 >= this.#table.length) {
      this.#grow();
      place = this.#place(folded, hash);
    }
    this.#table[place] = number;
    this.#hashes.push(hash);
    this.#texts.push(key);
    this.#newest = key;
    // Half a surrogate pair has no bytes in UTF-8.
    if (!key.isWellFormed()) this.#strings.set(number, key);
    else if (number < stringsAtHand) this.#strings.set(number, key);
    return number;
  }

  /** Where a key stands in the table, or would stand. */
  #place(folded: string, hash: number): number {
    const mask = this.#table.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = this.#table[place] as number;
      if (number === free) return place;
      if (this.#hashes.at(number) === hash && foldKey(this.at(number)) === folded) return place;
    }
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(free);
    const mask = this.#table.length - 1;
    for (let number = 0; number < this.length; number += 1) {
      let place = this.#hashes.at(number) & mask;
      while (this.#table[place] !== free) place = (place + 1) & mask;
      this.#table[place] = number;
    }
  }
}
