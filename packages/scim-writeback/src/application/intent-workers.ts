import type { Intent } from '../directory/write-back.ts';
import { type Carrier, carryOut, type Outcome } from './carry-out.ts';

/** The intents that this process works at. */
export class IntentWorkers {
  readonly #carrier: Carrier;
  readonly #underWay = new Map<string, Promise<Outcome>>();

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  get ids(): readonly string[] {
    return [...this.#underWay.keys()];
  }

  get count(): number {
    return this.#underWay.size;
  }

  /** The work at an intent; undefined where this process does none. */
  of(id: string): Promise<Outcome> | undefined {
    return this.#underWay.get(id);
  }

  /** Works at an intent; `onOverdue` as in `carryOut`. */
  start(intent: Intent, onOverdue?: () => void): Promise<Outcome> {
    const work = carryOut(intent, this.#carrier, onOverdue).finally(() => this.#underWay.delete(intent.id));
    this.#underWay.set(intent.id, work);
    return work;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.values());
  }
}
