import type { Intent } from '../directory/write-back.ts';
import { type Carrier, carryOut, type Outcome } from './carry-out.ts';
import { carryOutJoined } from './carry-out-joined.ts';
import type { Adapter } from './joining-adapter.ts';

/** The intents that this process works at. */
export class IntentWorkers {
  readonly #carrier: Carrier<Adapter>;
  readonly #underWay = new Map<string, Promise<Outcome>>();

  constructor(carrier: Carrier<Adapter>) {
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
    const work = this.#carryOut(intent, onOverdue).finally(() => this.#underWay.delete(intent.id));
    this.#underWay.set(intent.id, work);
    return work;
  }

  #carryOut(intent: Intent, onOverdue?: () => void): Promise<Outcome> {
    const { adapter, ...carrier } = this.#carrier;
    if ('applyWithin' in adapter) return carryOutJoined(intent, { ...carrier, adapter });
    return carryOut(intent, { ...carrier, adapter }, onOverdue);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.values());
  }
}
