import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { valueKey } from '../values/value-key.ts';
import { objectOf } from './scim-objects.ts';
import { valueText } from './value-text.ts';
import { weightOf } from './weight.ts';
import type { Work } from './work.ts';

/**
 * The values of a multi-valued attribute while operations change them. Finding an equal value, or those with a certain
 * `value`, costs the same whatever the length.
 */
export class ValueList {
  readonly attribute: Attribute;
  readonly #profile: Pick<Profile, 'duplicateValues'>;
  readonly #work: Work;
  /** Undefined where a value was taken out; later ones keep their positions. */
  #items: (ScimValue | undefined)[] = [];
  #size = 0;
  readonly #byKey = new Map<string, number>();
  readonly #byText = new Map<string, Set<number>>();
  readonly #primaries = new Set<number>();

  constructor(
    attribute: Attribute,
    values: readonly ScimValue[],
    profile: Pick<Profile, 'duplicateValues'>,
    work: Work,
  ) {
    this.attribute = attribute;
    this.#profile = profile;
    this.#work = work;
    for (const value of values) this.#put(this.#items.length, value);
  }

  get size(): number {
    return this.#size;
  }

  /** The values in their order. */
  toValues(): readonly ScimValue[] {
    this.#work.spend(this.#items.length);
    return this.#items.filter((item) => item !== undefined);
  }

  /** The value at a position; undefined where it was taken out. */
  at(position: number): ScimValue | undefined {
    return this.#items[position];
  }

  /** The positions of all values. Costs a step each. */
  positions(): readonly number[] {
    this.#work.spend(this.#items.length);
    return [...this.#items.keys()].filter((position) => this.#items[position] !== undefined);
  }

  /** The positions of the values with a text, as `valueText` gives it. */
  positionsOf(text: string): readonly number[] {
    const positions = [...(this.#byText.get(text) ?? [])];
    this.#work.spend(1 + positions.length);
    return positions;
  }

  /** The position of a value that counts as the same one. RFC 7643 s2.4. */
  find(value: ScimValue): number | undefined {
    this.#work.spend(weightOf(value));
    return this.#byKey.get(valueKey(value, this.attribute));
  }

  /** Appends a value that {@link find} does not find. */
  append(value: ScimValue): void {
    this.#put(this.#items.length, value);
    this.#keepOnePrimary(this.#items.length - 1);
  }

  /** Puts another value, or with undefined none, where one is. */
  replace(position: number, value: ScimValue | undefined): void {
    this.#drop(position);
    if (value === undefined) return;
    const double = this.find(value);
    if (double !== undefined) {
      // RFC 7643 s2.4: a combination of value and type is there once.
      if (this.#profile.duplicateValues === 'reject') {
        throw new ScimError(400, 'invalidValue', `${this.attribute.name} would have the same value twice.`);
      }
      this.#drop(double);
    }
    this.#put(position, value);
    this.#keepOnePrimary(position);
  }

  /** Takes everything out. */
  clear(): void {
    this.#items = [];
    this.#size = 0;
    this.#byKey.clear();
    this.#byText.clear();
    this.#primaries.clear();
  }

  #put(position: number, value: ScimValue): void {
    this.#work.spend(weightOf(value));
    this.#items[position] = value;
    this.#size++;
    this.#byKey.set(valueKey(value, this.attribute), position);
    const text = valueText(value, this.attribute);
    if (text !== undefined) {
      const positions = this.#byText.get(text);
      if (positions === undefined) this.#byText.set(text, new Set([position]));
      else positions.add(position);
    }
    if (isScimObject(value) && value.primary === true) this.#primaries.add(position);
  }

  #drop(position: number): void {
    const value = this.#items[position];
    if (value === undefined) return;
    this.#work.spend(weightOf(value));
    this.#items[position] = undefined;
    this.#size--;
    const key = valueKey(value, this.attribute);
    if (this.#byKey.get(key) === position) this.#byKey.delete(key);
    const text = valueText(value, this.attribute);
    if (text !== undefined) this.#byText.get(text)?.delete(position);
    this.#primaries.delete(position);
  }

  /** RFC 7644 s3.5.2: a value that becomes primary turns the `primary` of the others to false. */
  #keepOnePrimary(position: number): void {
    if (!this.#primaries.has(position)) return;
    for (const other of [...this.#primaries]) {
      const value = this.#items[other];
      if (other === position || !isScimObject(value)) continue;
      const demoted = objectOf([...Object.entries(value), ['primary', false]]);
      this.#drop(other);
      if (demoted !== undefined) this.#put(other, demoted);
    }
  }
}
