import { GrowingInts } from './growing-ints.ts';
import { KeyIndex } from './key-index.ts';
import type { Spool, SpooledTexts } from './spool.ts';

/** Where a row is: the number of its source in the run, and its line. */
export interface RowPlace {
  readonly source: number;
  readonly line: number;
}

const undefinedYet = -1;

/**
 * The keys of one kind of entity. A slot is made when a key is first defined or referred to; an entity is a slot that
 * was defined, and entities are numbered in the order in which they were.
 */
export class KeyTable {
  /** What messages call one of them. */
  readonly subject: string;
  readonly texts: SpooledTexts;
  readonly #keys = new KeyIndex();
  readonly #entities = new GrowingInts();
  readonly #slotOfEntity = new GrowingInts();
  /** One more than the number of the source: 0 is the mapping itself. */
  readonly #sources = new GrowingInts('short');
  readonly #lines = new GrowingInts();
  /** How many entities came with an id. */
  withId = 0;

  constructor(subject: string, spool: Spool) {
    this.subject = subject;
    this.texts = spool.texts();
  }

  /** How many slots there are. */
  get slots(): number {
    return this.#keys.length;
  }

  /** How many entities there are. */
  get length(): number {
    return this.#slotOfEntity.length;
  }

  /** The slot of a key, made when there is none. */
  slot(key: string): number {
    const slot = this.#keys.add(key);
    if (slot === this.#entities.length) this.#entities.push(undefinedYet);
    return slot;
  }

  /** The key as the entity spells it, or as it was first referred to. */
  key(slot: number): string {
    return this.#keys.at(slot);
  }

  isDefined(slot: number): boolean {
    return this.#entities.at(slot) !== undefinedYet;
  }

  entityOf(slot: number): number {
    return this.#entities.at(slot);
  }

  slotOf(entity: number): number {
    return this.#slotOfEntity.at(entity);
  }

  placeOf(entity: number): RowPlace {
    return { source: this.#sources.at(entity) - 1, line: this.#lines.at(entity) };
  }

  /** Defines the entity of a slot. */
  define(slot: number, key: string, text: string, hasId: boolean, place: RowPlace): void {
    this.#keys.respell(slot, key);
    this.#entities.set(slot, this.#slotOfEntity.length);
    this.#slotOfEntity.push(slot);
    this.#sources.push(place.source + 1);
    this.#lines.push(place.line);
    if (hasId) this.withId += 1;
    this.texts.push(text);
  }

  /** Keys of entities, for suggestions. */
  *definedKeys(limit: number): Generator<string> {
    for (let entity = 0; entity < Math.min(limit, this.length); entity += 1) yield this.key(this.slotOf(entity));
  }
}
