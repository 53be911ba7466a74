import { setImmediate } from 'node:timers/promises';

/** So long others of this process wait at most for work that goes on for seconds; milliseconds. */
const longestTurnMs = 10;

/** Cuts long work into turns of the event loop, between which requests are answered. */
export class Turns {
  #begunAt = performance.now();

  /** Whether it is time for others. Asked often: it costs next to nothing. */
  get isOver(): boolean {
    return performance.now() - this.#begunAt >= longestTurnMs;
  }

  /** Lets others have their turn. */
  async next(): Promise<void> {
    await setImmediate();
    this.#begunAt = performance.now();
  }
}
