import { foldKey } from './keys.ts';

/** Something that other entities refer to by its key. */
export interface Referable {
  /** The id where there is one, else the name. */
  readonly key: string;
  readonly removed: boolean;
}

/** An entity's handle, or its key. */
export type Reference<Target extends Referable> = Target | string;

const indexFrom = 16;

function foldedKey(reference: Reference<Referable>): string {
  return foldKey(typeof reference === 'string' ? reference : reference.key);
}

/** Two handles that still stand are compared by identity; anything else by key. */
function same(left: Reference<Referable>, right: Reference<Referable>): boolean {
  if (left === right) return true;
  if (typeof left !== 'string' && typeof right !== 'string' && !left.removed && !right.removed) return false;
  return foldedKey(left) === foldedKey(right);
}

const none: readonly never[] = [];

/** `items` with one more. Short arrays keep their exact size: there is one or more of them in every entity. */
export function appended<Item>(items: readonly Item[] | undefined, item: Item): Item[] {
  if (items === undefined || items.length === 0) return [item];
  if (items.length >= indexFrom) {
    (items as Item[]).push(item);
    return items as Item[];
  }
  const longer = new Array<Item>(items.length + 1);
  for (let index = 0; index < items.length; index += 1) longer[index] = items[index] as Item;
  longer[items.length] = item;
  return longer;
}

/**
 * References without duplicates, in the order in which they came. Short lists are searched, long ones indexed: an
 * application has many short ones.
 */
export class ReferenceList<Target extends Referable> {
  #items: readonly Reference<Target>[] = none;
  #positions: Map<string, number> | undefined;

  get size(): number {
    return this.#items.length;
  }

  at(position: number): Reference<Target> | undefined {
    return this.#items[position];
  }

  /** Whether the entity at this place was removed. */
  isRemoved(position: number): boolean {
    const item = this.#items[position];
    return typeof item === 'object' && item.removed;
  }

  /** Where the reference stands, or -1. */
  indexOf(reference: Reference<Target>): number {
    if (this.#positions !== undefined) return this.#positions.get(foldedKey(reference)) ?? -1;
    for (let position = 0; position < this.#items.length; position += 1) {
      if (same(this.#items[position] as Reference<Target>, reference)) return position;
    }
    return -1;
  }

  /** Adds the reference unless it is there, and returns its place. */
  add(reference: Reference<Target>): number {
    const known = this.indexOf(reference);
    if (known >= 0) {
      // A new entity under the key of a removed one takes its place.
      if (this.isRemoved(known)) this.#items = this.#items.with(known, reference);
      return known;
    }
    const position = this.#items.length;
    this.#items = appended(this.#items, reference);
    if (this.#positions !== undefined) this.#positions.set(foldedKey(reference), position);
    else if (position + 1 >= indexFrom) this.#index();
    return position;
  }

  /** Takes the reference out and returns the place it had, or -1. */
  delete(reference: Reference<Target>): number {
    const position = this.indexOf(reference);
    if (position >= 0) {
      this.#items = this.#items.toSpliced(position, 1);
      if (this.#positions !== undefined) this.#index();
    }
    return position;
  }

  /** The keys as they stand on the wire; entities that were removed are left out. */
  keys(): string[] {
    const keys: string[] = [];
    for (const item of this.#items) {
      if (typeof item === 'string') keys.push(item);
      else if (!item.removed) keys.push(item.key);
    }
    return keys;
  }

  #index(): void {
    this.#positions = new Map(this.#items.map((item, position) => [foldedKey(item), position]));
  }
}
