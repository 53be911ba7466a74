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

/** The key that a reference names. */
export function keyOf(reference: Reference<Referable>): string {
  return typeof reference === 'string' ? reference : reference.key;
}

/** Whether a reference may be written: what it names was not removed. */
export function stands(reference: Reference<Referable>): boolean {
  return typeof reference === 'string' || !reference.removed;
}

function foldedKey(reference: Reference<Referable>): string {
  return foldKey(keyOf(reference));
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
 * Items without duplicates, each found by a reference, in the order in which they came. Lists of one item make no array,
 * short ones are searched, long ones indexed: an application has many short ones.
 */
export abstract class ListByReference<Target extends Referable, Item extends object | string> {
  /** Items, or the only one. */
  #held: readonly Item[] | Item | undefined;
  #positions: Map<string, number> | undefined;

  protected abstract referenceOf(item: Item): Reference<Target>;

  protected get items(): readonly Item[] {
    const held = this.#held;
    if (held === undefined) return none;
    return Array.isArray(held) ? held : [held as Item];
  }

  get size(): number {
    return this.items.length;
  }

  /** Whether the entity at this place was removed. */
  isRemoved(position: number): boolean {
    const item = this.at(position);
    return item !== undefined && !stands(this.referenceOf(item));
  }

  /** Where the reference stands, or -1. */
  indexOf(reference: Reference<Target>): number {
    if (this.#positions !== undefined) return this.#positions.get(foldedKey(reference)) ?? -1;
    const held = this.#held;
    if (held === undefined) return -1;
    if (!Array.isArray(held)) return same(this.referenceOf(held as Item), reference) ? 0 : -1;
    for (let position = 0; position < held.length; position += 1) {
      if (same(this.referenceOf(held[position]), reference)) return position;
    }
    return -1;
  }

  /** Takes out what the reference names, and returns the place it had, or -1. */
  delete(reference: Reference<Target>): number {
    const position = this.indexOf(reference);
    if (position >= 0) {
      this.#held = this.items.toSpliced(position, 1);
      if (this.#positions !== undefined) this.#index();
    }
    return position;
  }

  protected at(position: number): Item | undefined {
    const held = this.#held;
    if (held === undefined || Array.isArray(held)) return held?.[position];
    return position === 0 ? (held as Item) : undefined;
  }

  /** Adds an item whose reference is not there yet. */
  protected append(item: Item): void {
    if (this.#held === undefined) {
      this.#held = item;
      return;
    }
    const items = appended(this.items, item);
    this.#held = items;
    if (this.#positions !== undefined) this.#positions.set(foldedKey(this.referenceOf(item)), items.length - 1);
    else if (items.length >= indexFrom) this.#index();
  }

  /** Puts an item in the place of one with the same key. */
  protected replace(position: number, item: Item): void {
    this.#held = this.items.with(position, item);
  }

  #index(): void {
    this.#positions = new Map(this.items.map((item, position) => [foldedKey(this.referenceOf(item)), position]));
  }
}

/** References without duplicates. */
export class ReferenceList<Target extends Referable> extends ListByReference<Target, Reference<Target>> {
  /** Adds the reference unless it is there. */
  add(reference: Reference<Target>): void {
    const known = this.indexOf(reference);
    if (known < 0) this.append(reference);
    // A new entity under the key of a removed one takes its place.
    else if (this.isRemoved(known)) this.replace(known, reference);
  }

  /** The keys as they stand on the wire; entities that were removed are left out. */
  keys(): string[] {
    return (this.items.every(stands) ? this.items : this.items.filter(stands)).map(keyOf);
  }

  protected override referenceOf(reference: Reference<Target>): Reference<Target> {
    return reference;
  }
}
