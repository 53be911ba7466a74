/** The tenant compares names, ids and references without regard to case; this is the one place that folds them. */
export function foldKey(key: string): string {
  return key.toLowerCase();
}

/** A Map whose string keys are compared as the tenant compares them. Iterates in insertion order. */
export class KeyMap<Value> {
  readonly #values = new Map<string, Value>();

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(foldKey(key));
  }

  has(key: string): boolean {
    return this.#values.has(foldKey(key));
  }

  set(key: string, value: Value): this {
    this.#values.set(foldKey(key), value);
    return this;
  }

  /** Enters a value under a new key. Returns the value that has the key already, if there is one, and lets it be. */
  add(key: string, value: Value): Value | undefined {
    const folded = foldKey(key);
    const known = this.#values.get(folded);
    if (known === undefined) this.#values.set(folded, value);
    return known;
  }

  delete(key: string): boolean {
    return this.#values.delete(foldKey(key));
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.#values.values();
  }
}
