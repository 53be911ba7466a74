import { Refusal } from '../refusal.ts';

/** Lets so many pieces of work run at a time and so many wait; what comes on top of them is refused. */
export class WorkGate {
  readonly #concurrent: number;
  readonly #waitingLimit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(concurrent: number, waitingLimit: number) {
    this.#concurrent = concurrent;
    this.#waitingLimit = waitingLimit;
  }

  /** @throws {Refusal} 503 when too many wait already */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#concurrent) {
      if (this.#waiting.length >= this.#waitingLimit) {
        const detail = 'Too many clients log in at once. Send the request again in some seconds.';
        throw new Refusal(503, undefined, detail, { 'retry-after': '2' });
      }
      // Whoever ends hands its place over: `#running` stays as it is.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
