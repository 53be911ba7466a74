import { resolveIntent } from '@oaa-kit/scim-writeback/application';
import type { IntentStore } from '@oaa-kit/scim-writeback/directory';
import type { LawApplication } from './application.ts';

/** Who looks after intents that are left to people. */
export class Caretaker {
  /** Intents that nobody can resolve. */
  readonly stuck = new Set<string>();
  readonly #application: LawApplication;
  readonly #wasResolved = new Set<string>();

  constructor(application: LawApplication) {
    this.#application = application;
  }

  /** Looks into the application, and says what there is. */
  async resolve(intents: IntentStore, id: string): Promise<void> {
    const intent = await intents.get(id);
    if (intent?.state !== 'needs-attention') return;
    const isDone = intent.done >= intent.operations.length;
    const undoing = intent.refusal === undefined ? '' : '.undo';
    const answer = this.#application.answerTo(`${id}${undoing}.${intent.done + 1}`);
    // What the application does not let go of cannot be taken back: it stays, and the next base shows it.
    const isGivenUp = intent.refusal !== undefined && this.#wasResolved.has(id);
    this.#wasResolved.add(id);
    const as = isDone || isGivenUp || answer !== undefined ? 'applied' : 'not-applied';
    const by = { owner: 'somebody', nativeId: answer?.nativeId };
    let resolution = await resolveIntent(intents, id, as, by);
    if (resolution === 'not-writable') resolution = await resolveIntent(intents, id, 'not-applied', by);
    if (resolution === 'not-undoable') this.stuck.add(id);
  }
}
