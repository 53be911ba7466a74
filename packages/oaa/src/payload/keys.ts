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
