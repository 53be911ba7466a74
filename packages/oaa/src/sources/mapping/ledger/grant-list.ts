import { GrowingInts } from './growing-ints.ts';

/** The application itself as the target of a grant. */
export const onApplication = -1;
const dropped = -2;

/** Permissions or roles given to identities of one kind, one target each. */
export class GrantList {
  readonly #from = new GrowingInts();
  readonly #subjects = new GrowingInts();
  readonly #targets = new GrowingInts();
  readonly #properties = new GrowingInts();
  readonly #origins = new GrowingInts('short');
  readonly #lines = new GrowingInts();

  get length(): number {
    return this.#from.length;
  }

  /** @param target a slot of a resource, or `onApplication` @param properties a number of the run's texts, or -1 */
  push(from: number, subject: number, target: number, properties: number, origin: number, line: number): void {
    this.#from.push(from);
    this.#subjects.push(subject);
    this.#targets.push(target);
    this.#properties.push(properties);
    this.#origins.push(origin);
    this.#lines.push(line);
  }

  from(index: number): number {
    return this.#from.at(index);
  }

  subject(index: number): number {
    return this.#subjects.at(index);
  }

  target(index: number): number {
    return this.#targets.at(index);
  }

  properties(index: number): number {
    return this.#properties.at(index);
  }

  setProperties(index: number, properties: number): void {
    this.#properties.set(index, properties);
  }

  origin(index: number): number {
    return this.#origins.at(index);
  }

  line(index: number): number {
    return this.#lines.at(index);
  }

  drop(index: number): void {
    this.#targets.set(index, dropped);
  }

  isDropped(index: number): boolean {
    return this.#targets.at(index) === dropped;
  }
}
