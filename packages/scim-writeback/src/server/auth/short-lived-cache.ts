/** Keeps values for a while, and not more than `limit` of them: the oldest go first. */
export class ShortLivedCache<Value> {
  readonly #lifetimeMs: number;
  readonly #limit: number;
  readonly #entries = new Map<string, { readonly value: Value; readonly untilMs: number }>();

  constructor(lifetimeMs: number, limit: number) {
    this.#lifetimeMs = lifetimeMs;
    this.#limit = limit;
  }

  get(key: string, nowMs: number): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // A clock that was set back must not make a value live longer.
    if (nowMs < entry.untilMs && nowMs >= entry.untilMs - this.#lifetimeMs) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: Value, nowMs: number): void {
    this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#limit && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { value, untilMs: nowMs + this.#lifetimeMs });
  }
}
