import type { IntentStore } from '../directory/write-back.ts';
import type { IntentWorkers } from './intent-workers.ts';
import { endsWithin } from './key-queue.ts';
import type { WriteBackEvent } from './write-back-event.ts';

/** So many intents are recovered at a time. */
const maxAtOnce = 8;
const forgetEveryMs = 60_000;

export interface RecoveryOptions {
  readonly intents: IntentStore;
  readonly workers: IntentWorkers;
  readonly owner: string;
  readonly leaseMs: number;
  readonly everyMs: number;
  readonly onEvent: (event: WriteBackEvent) => void;
}

/**
 * Takes over intents that were left: by a process that died, or since nobody knew what had come of them. It looks at what
 * is there each time, so nothing is lost when it misses a turn.
 */
export class Recovery {
  readonly #options: RecoveryOptions;
  #stopped = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;
  #forgottenAt = Number.NEGATIVE_INFINITY;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running !== undefined) return;
    this.#stopped = Promise.withResolvers();
    this.#running = this.#run();
  }

  /** Takes nothing over any more; what was begun goes on. */
  async stop(): Promise<void> {
    this.#stopped.resolve();
    await this.#running;
    this.#running = undefined;
  }

  async #run(): Promise<void> {
    do {
      try {
        await this.#round();
      } catch (error) {
        this.#options.onEvent({ type: 'journal-failed', error });
      }
    } while (!(await endsWithin(this.#stopped.promise, this.#options.everyMs)));
  }

  async #round(): Promise<void> {
    const { intents, workers, owner, leaseMs } = this.#options;
    if (performance.now() - this.#forgottenAt > forgetEveryMs) {
      await intents.forgetClosed();
      this.#forgottenAt = performance.now();
    }
    const free = maxAtOnce - workers.count;
    // Requests that are under way are no reason to leave others waiting for ever.
    const taken = await intents.takeOver(owner, leaseMs, Math.max(1, free), workers.ids);
    for (const intent of taken) void this.#recover(intent);
  }

  async #recover(intent: Parameters<IntentWorkers['start']>[0]): Promise<void> {
    const { workers, onEvent } = this.#options;
    try {
      const outcome = await workers.start(intent);
      if (outcome.type === 'applied' || outcome.type === 'refused') {
        onEvent({ type: 'recovered', intent, outcome: outcome.type });
      }
    } catch (error) {
      onEvent({ type: 'journal-failed', error });
    }
  }
}
