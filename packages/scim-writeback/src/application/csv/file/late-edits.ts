import { setTimeout as wait } from 'node:timers/promises';
import { type KeptEdit, type StagedChange, settle } from './replace-file.ts';

/** Whoever had a file open when it was replaced has mostly written by then. */
const lingerMs = 1_000;

/** Looks at files that were replaced once more, a while after. */
export class LateEdits {
  readonly #onKeptEdit: (edit: KeptEdit) => void;
  readonly #looks = new Set<Promise<void>>();
  #now = new AbortController();

  constructor(onKeptEdit: (edit: KeptEdit) => void) {
    this.#onKeptEdit = onKeptEdit;
  }

  lookLater(changes: readonly StagedChange[]): void {
    const look = this.#look(changes).finally(() => this.#looks.delete(look));
    this.#looks.add(look);
  }

  async lookNow(): Promise<void> {
    this.#now.abort();
    this.#now = new AbortController();
    await Promise.all(this.#looks);
  }

  async #look(changes: readonly StagedChange[]): Promise<void> {
    await wait(lingerMs, undefined, { signal: this.#now.signal }).catch(() => undefined);
    // What cannot be looked at now is no longer there, or its disk is not; the operation is done in any case.
    await settle(changes, this.#onKeptEdit).catch(() => undefined);
  }
}
