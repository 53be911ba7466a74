import { InputError } from '../errors/errors.ts';
import { type Owner, type WireOwner, wireOwner } from './owners.ts';
import type { PropertyDefinitions, PropertyInputs, PropertySchema, PropertyValue } from './properties.ts';
import { tagProblem, type WireTag } from './tags.ts';

/** What every entity may be given when it is added. */
export interface AttachmentOptions<Definitions extends PropertyDefinitions> {
  readonly properties?: PropertyInputs<Definitions> | undefined;
  /** Key and value; a tag stays on the tenant even when a later push leaves it out. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly owners?: readonly Owner[] | undefined;
}

/** Custom properties, tags and owners: what entities of every template have in common. */
export abstract class Attachments<Definitions extends PropertyDefinitions> {
  #tags: WireTag[] | undefined;
  #owners: WireOwner[] | undefined;
  #properties: Map<string, PropertyValue> | undefined;

  protected abstract propertySchema(): PropertySchema;

  /**
   * Sets a custom property; undefined takes it away.
   * @throws InputError `property-undefined` or `property-type`.
   */
  setProperty<Name extends keyof Definitions & string>(name: Name, value: PropertyInputs<Definitions>[Name]): this {
    const schema = this.propertySchema();
    if (value === undefined) {
      const { name: defined } = schema.definition(name);
      this.#properties?.delete(defined);
      return this;
    }
    const [defined, wire] = schema.check(name, value);
    this.#properties ??= new Map();
    this.#properties.set(defined, wire);
    return this;
  }

  /**
   * Adds a tag; an equal one is not doubled.
   * @throws InputError when the tenant would refuse the key or the value.
   */
  addTag(key: string, value = ''): this {
    const tag = Object.freeze({ key, value });
    const problem = tagProblem(tag);
    if (problem !== undefined) throw new InputError('input-invalid', `${problem}.`);
    this.#tags ??= [];
    if (!this.#tags.some((known) => known.key === key && known.value === value)) this.#tags.push(tag);
    return this;
  }

  /**
   * Adds an owner; one with the same identity and type is not doubled.
   * @throws InputError for an empty identity.
   */
  addOwner(owner: Owner): this {
    const wire = wireOwner(owner);
    this.#owners ??= [];
    const known = this.#owners.some(
      ({ external_id, owner_type }) => external_id === wire.external_id && owner_type === wire.owner_type,
    );
    if (!known) this.#owners.push(wire);
    return this;
  }

  protected attach(options: AttachmentOptions<Definitions> | undefined): void {
    if (options === undefined) return;
    if (options.properties !== undefined) {
      for (const [name, value] of Object.entries(options.properties)) {
        this.setProperty(name, value as PropertyInputs<Definitions>[string]);
      }
    }
    if (options.tags !== undefined) for (const [key, value] of Object.entries(options.tags)) this.addTag(key, value);
    for (const owner of options.owners ?? []) this.addOwner(owner);
  }

  protected get wireTags(): readonly WireTag[] {
    return [...(this.#tags ?? [])];
  }

  protected get wireOwners(): readonly WireOwner[] {
    return [...(this.#owners ?? [])];
  }

  protected get wireProperties(): Readonly<Record<string, PropertyValue>> {
    return this.#properties === undefined ? {} : Object.fromEntries(this.#properties);
  }

  /** Writes what there is into a wire object; keys without content are left out. */
  protected writeAttachments(wire: Record<string, unknown>): void {
    if (this.#properties !== undefined && this.#properties.size > 0) wire.custom_properties = this.wireProperties;
    if (this.#tags !== undefined) wire.tags = this.wireTags;
    if (this.#owners !== undefined) wire.owners = this.wireOwners;
  }
}
