import type { Kysely } from 'kysely';
import type { Turns } from '../../../turns/turns.ts';
import type { ResourceKind } from '../../directory.ts';
import { chunks } from '../chunks.ts';
import { compileOnce } from '../compile-once.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { UniqueValue } from '../unique-values.ts';

const selectTaken = compileOnce(
  (db, given: { organization: string; kind: ResourceKind; attribute: string; values: string }) =>
    db
      .selectFrom('unique_values')
      .select('value')
      .where('organization', '=', given.organization)
      .where('kind', '=', given.kind)
      .where('attribute', '=', given.attribute)
      .where('value', 'in', idsOf(given.values)),
);

/** The unique values of one kind that resources, and open intents, have; to which those are added that are taken now. */
export class TakenValues {
  readonly #values = new Map<string, Set<string>>();

  /** Whether one of the values is taken. */
  has(values: readonly UniqueValue[]): boolean {
    return values.some(({ attribute, value }) => this.#of(attribute).has(value));
  }

  /** Whether none of the values is taken; they are then. Of one resource that has several, none is taken when one is. */
  take(values: readonly UniqueValue[]): boolean {
    if (this.has(values)) return false;
    for (const { attribute, value } of values) this.#of(attribute).add(value);
    return true;
  }

  /** Finds out which of some values are taken. */
  async look(
    db: Kysely<Tables>,
    { organization }: Pick<Scope, 'organization'>,
    kind: ResourceKind,
    wanted: readonly UniqueValue[],
    turns: Turns,
  ): Promise<void> {
    const byAttribute = Map.groupBy(wanted, ({ attribute }) => attribute);
    for (const [attribute, values] of byAttribute) {
      for (const part of chunks(values)) {
        const texts = JSON.stringify(part.map(({ value }) => value));
        const rows = await selectTaken(db, { organization, kind, attribute, values: texts });
        for (const { value } of rows) this.#of(attribute).add(value);
        if (turns.isOver) await turns.next();
      }
    }
  }

  #of(attribute: string): Set<string> {
    const known = this.#values.get(attribute);
    if (known !== undefined) return known;
    const made = new Set<string>();
    this.#values.set(attribute, made);
    return made;
  }
}
