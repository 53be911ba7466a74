import { RetryLaterError } from '../retry-later-error.ts';

export interface ScanGateOptions {
  /** Scans that run at a time. They share one processor with everything else. */
  readonly running: number;
  /** Scans of one organization that wait. */
  readonly waiting: number;
}

const scanGateOptions: ScanGateOptions = { running: 2, waiting: 16 };

const retryAfterSeconds = 5;

/**
 * Lets so many scans run at a time; the others wait, and organizations take turns: one that asks for many keeps the others
 * from theirs no longer than for one.
 */
export class ScanGate {
  readonly #options: ScanGateOptions;
  /** By organization; the one whose turn it is stands first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #running = 0;

  constructor(options: ScanGateOptions = scanGateOptions) {
    this.#options = options;
  }

  /** @throws RetryLaterError where too many scans of the organization wait already */
  async run<Result>(organization: string, scan: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#options.running) await this.#wait(organization);
    else this.#running += 1;
    try {
      return await scan();
    } finally {
      this.#next();
    }
  }

  #wait(organization: string): Promise<void> {
    const queue = this.#waiting.get(organization) ?? [];
    if (queue.length >= this.#options.waiting) {
      throw new RetryLaterError(
        'Too many lists wait that no index answers. Send the request again in some seconds.',
        retryAfterSeconds,
      );
    }
    this.#waiting.set(organization, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  /** Whoever ends hands its place over: `#running` stays as it is. */
  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#running -= 1;
      return;
    }
    const [organization, queue] = first;
    const start = queue.shift();
    this.#waiting.delete(organization);
    if (queue.length > 0) this.#waiting.set(organization, queue);
    start?.();
  }
}
