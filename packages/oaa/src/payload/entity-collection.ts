import { InputError } from '../errors/errors.ts';
import { KeyMap } from './keys.ts';

interface Member {
  readonly key: string;
  markRemoved(): void;
}

/** The entities of one kind, by key, in the order in which they were added. */
export interface EntityCollection<Item> extends Iterable<Item> {
  readonly size: number;
  /** Case does not count. */
  get(key: string): Item | undefined;
  has(key: string): boolean;
}

/** An `EntityCollection` that its owner may change. */
export class OwnedCollection<Item extends Member> implements EntityCollection<Item> {
  readonly #items = new KeyMap<Item>();
  readonly #subject: string;

  /** `subject` names the kind of entity in messages: `local user`. */
  constructor(subject: string) {
    this.#subject = subject;
  }

  get size(): number {
    return this.#items.size;
  }

  get(key: string): Item | undefined {
    return this.#items.get(key);
  }

  has(key: string): boolean {
    return this.#items.has(key);
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items.values();
  }

  /** The entities as a list, also for `JSON.stringify`. */
  toJSON(): Item[] {
    return [...this];
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): Item[] {
    return [...this];
  }

  /** @throws InputError `duplicate-entity`. */
  add(item: Item): Item {
    const known = this.#items.add(item.key, item);
    if (known !== undefined) {
      throw new InputError(
        'duplicate-entity',
        `The ${this.#subject} "${item.key}" is already there, as "${known.key}".`,
        {
          hint: 'Keys are compared without regard to case. Use the "ensure" method to get it or add it.',
        },
      );
    }
    return item;
  }

  /** Takes an entity out; false when it is not (or no longer) in here. */
  remove(item: Item | string): boolean {
    const key = typeof item === 'string' ? item : item.key;
    const known = this.#items.get(key);
    if (known === undefined || (typeof item !== 'string' && known !== item)) return false;
    known.markRemoved();
    return this.#items.delete(key);
  }
}
