import type { AsOf } from '../../../base/merge/as-of.ts';
import type { ResourceKind } from '../../directory.ts';
import type { DriftRecord } from '../../write-back.ts';

/** The drift that was open, and what becomes of it with a base. */
export class DriftBook {
  readonly #known: ReadonlyMap<string, number>;
  readonly #open: DriftRecord[] = [];
  readonly #begun: AsOf;
  readonly #generation: number;

  /**
   * @param begun when the extraction of the base began: it confirms only what an earlier base had been accepted with by then,
   * so that a base that is submitted twice is no second witness
   * @param generation of the base
   */
  constructor(known: readonly DriftRecord[], begun: AsOf, generation: number) {
    this.#known = new Map(known.map((one) => [keyOf(one.id, one.fact), one.generation]));
    this.#begun = begun;
    this.#generation = generation;
  }

  isConfirmed(id: string, fact: string): boolean {
    const since = this.#known.get(keyOf(id, fact));
    return since !== undefined && since <= this.#begun.generation;
  }

  report(kind: ResourceKind, id: string, fact: string): void {
    this.#open.push({ kind, id, fact, generation: this.#known.get(keyOf(id, fact)) ?? this.#generation });
  }

  get open(): readonly DriftRecord[] {
    const order = (one: DriftRecord) => `${one.kind}\n${one.id}\n${one.fact}`;
    return this.#open.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));
  }
}

function keyOf(id: string, fact: string): string {
  return `${id}\n${fact}`;
}
