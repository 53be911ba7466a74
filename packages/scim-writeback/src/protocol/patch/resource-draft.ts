import type { Profile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Schema } from '../schemas/schema.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { MemberChanges } from './member-changes.ts';
import type { Place } from './place.ts';
import { objectOf } from './scim-objects.ts';
import { ValueList } from './value-list.ts';
import type { Work } from './work.ts';

/** The attributes of the resource itself, or of one extension. */
interface Container {
  readonly values: Map<string, ScimValue>;
  readonly lists: Map<string, ValueList>;
}

/** A resource while operations change it. The resource that it begins with is never written to. */
export class ResourceDraft {
  /** What happens to the members of a group. */
  readonly members = new MemberChanges();
  readonly #profile: Profile;
  readonly #work: Work;
  readonly #core: Container;
  readonly #extensions = new Map<Schema, Container>();

  constructor(resource: ScimObject, schema: ResourceSchema, profile: Profile, work: Work) {
    this.#profile = profile;
    this.#work = work;
    const core = new Map(Object.entries(resource));
    for (const { schema: extension } of schema.type.extensions) {
      const data = core.get(extension.id);
      this.#extensions.set(extension, containerOf(isScimObject(data) ? Object.entries(data) : []));
      core.delete(extension.id);
    }
    this.#core = containerOf(core);
  }

  /** The value that an attribute has now; of members, the one that it began with. */
  get({ extension, attribute }: Place): ScimValue | undefined {
    const { values, lists } = this.#container(extension);
    const list = lists.get(attribute.name);
    if (list === undefined) return values.get(attribute.name);
    return list.size === 0 ? undefined : list.toValues();
  }

  /** Sets a single-valued attribute, or with undefined unassigns it. */
  set({ extension, attribute }: Place, value: ScimValue | undefined): void {
    const { values } = this.#container(extension);
    this.#work.spend(1);
    if (value === undefined) values.delete(attribute.name);
    else values.set(attribute.name, value);
  }

  /** The values of a multi-valued attribute, to be changed. */
  list({ extension, attribute }: Place): ValueList {
    const { values, lists } = this.#container(extension);
    const open = lists.get(attribute.name);
    if (open !== undefined) return open;
    const value = values.get(attribute.name);
    const list = new ValueList(attribute, Array.isArray(value) ? value : [], this.#profile, this.#work);
    lists.set(attribute.name, list);
    return list;
  }

  /** The resource as it is now, with the members that it began with; `schemas` is still to be brought in step. */
  toResource(): ScimObject {
    const members = new Map(closed(this.#core));
    for (const [extension, container] of this.#extensions) {
      const data = objectOf(closed(container));
      if (data !== undefined) members.set(extension.id, data);
    }
    return objectOf(members) ?? Object.create(null);
  }

  #container(extension: Schema | undefined): Container {
    const container = extension === undefined ? this.#core : this.#extensions.get(extension);
    if (container === undefined) throw new Error(`${extension?.id} is no extension of this resource type.`);
    return container;
  }
}

function containerOf(values: Iterable<readonly [string, ScimValue]>): Container {
  return { values: new Map(values), lists: new Map() };
}

function closed({ values, lists }: Container): ReadonlyMap<string, ScimValue> {
  const all = new Map(values);
  for (const [name, list] of lists) {
    // RFC 7643 s2.5: an empty list is no value.
    if (list.size === 0) all.delete(name);
    else all.set(name, list.toValues());
  }
  return all;
}
