/** Comments on parts of a document, told by the object or list that a part is in, and its key. */
export class Comments {
  readonly #lines = new Map<object, Map<string | number, string[]>>();
  #checks = 0;

  /** A comment above the part. */
  add(parent: object, key: string | number, line: string): void {
    const keys = this.#lines.get(parent) ?? new Map<string | number, string[]>();
    this.#lines.set(parent, keys);
    const lines = keys.get(key) ?? [];
    keys.set(key, lines);
    if (!lines.includes(line)) lines.push(line);
  }

  /** A comment on what only a person can decide. */
  check(parent: object, key: string | number, line: string): void {
    this.#checks += 1;
    this.add(parent, key, `CHECK: ${line}`);
  }

  /** How many parts a person should look at. */
  get checks(): number {
    return this.#checks;
  }

  /** The comment above a part; undefined where there is none. */
  of(parent: object, key: string | number): string | undefined {
    return this.#lines.get(parent)?.get(key)?.join('\n');
  }

  /** Whether a part of this object or list has a comment. */
  isInside(parent: object): boolean {
    return this.#lines.has(parent);
  }
}

/** Some values for a comment: `"a", "b" and 12 more`. */
export function someOf(values: readonly string[], count = 4): string {
  const shown = values
    .slice(0, count)
    .map((value) => JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value));
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
