import { GrowingInts } from './growing-ints.ts';

/** Links from slots to slots, with the rows and the parts of the mapping that they come from. */
export class LinkList {
  readonly #from = new GrowingInts();
  readonly #to = new GrowingInts();
  readonly #origins = new GrowingInts('short');
  readonly #lines = new GrowingInts();

  get length(): number {
    return this.#from.length;
  }

  push(from: number, to: number, origin: number, line: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#origins.push(origin);
    this.#lines.push(line);
  }

  from(index: number): number {
    return this.#from.at(index);
  }

  to(index: number): number {
    return this.#to.at(index);
  }

  /** The number of the part of the mapping that made the link. */
  origin(index: number): number {
    return this.#origins.at(index);
  }

  line(index: number): number {
    return this.#lines.at(index);
  }

  /** Takes a link out. */
  drop(index: number): void {
    this.#to.set(index, -1);
  }

  /** The targets of each slot, in the order of the links, without those dropped. */
  bySource(slots: number): Adjacency {
    return groupBy(slots, this.length, (index) => (this.to(index) < 0 ? -1 : this.from(index)));
  }
}

/** Indexes grouped by what they belong to. */
export interface Adjacency {
  /** The indexes of a group, in ascending order. */
  of(group: number): Int32Array;
}

const none = new Int32Array(0);
const nothing: Adjacency = { of: () => none };

const noIndexes = new Int32Array(0);

/** Groups the numbers below `length` by `groupOf`, of which -1 means none. Linear. */
export function groupBy(groups: number, length: number, groupOf: (index: number) => number): Adjacency {
  if (length === 0) return nothing;
  if (length === 0) return { of: () => noIndexes };
  const starts = new Int32Array(groups + 1);
  for (let index = 0; index < length; index += 1) {
    const group = groupOf(index);
    if (group >= 0) starts[group + 1] = (starts[group + 1] as number) + 1;
  }
  for (let group = 0; group < groups; group += 1) {
    starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  }
  const next = starts.slice();
  const indexes = new Int32Array(starts[groups] as number);
  for (let index = 0; index < length; index += 1) {
    const group = groupOf(index);
    if (group < 0) continue;
    indexes[next[group] as number] = index;
    next[group] = (next[group] as number) + 1;
  }
  return { of: (group) => indexes.subarray(starts[group] as number, starts[group + 1] as number) };
}
