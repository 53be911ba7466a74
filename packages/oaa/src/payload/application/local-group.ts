import { InputError } from '../../errors/errors.ts';
import { foldKey } from '../keys.ts';
import type { PropertySchema } from '../properties.ts';
import { appended, type Reference, ReferenceList } from '../reference-list.ts';
import type { Timestamp } from '../timestamps.ts';
import type { ApplicationProperties, DefinitionsOf } from './application-properties.ts';
import type { ApplicationScope } from './application-scope.ts';
import type { EntityOptions } from './entity.ts';
import { Identity } from './identity.ts';
import type { WireGroup } from './wire.ts';

export interface LocalGroupOptions<Properties extends ApplicationProperties = ApplicationProperties>
  extends EntityOptions<DefinitionsOf<Properties, 'group'>> {
  /** What the tenant matches to groups of an identity provider. */
  readonly identities?: readonly string[] | undefined;
  readonly createdAt?: Timestamp | undefined;
  /** The groups that this group is a member of. */
  readonly groups?: readonly Reference<LocalGroup<Properties>>[] | undefined;
}

/** A group of the application; its members have what it is given. */
export class LocalGroup<Properties extends ApplicationProperties = ApplicationProperties> extends Identity<
  Properties,
  DefinitionsOf<Properties, 'group'>
> {
  readonly identityType = 'local_group';
  #createdAt: string | undefined;
  #identities: string[] | undefined;
  #groups: ReferenceList<LocalGroup<Properties>> | undefined;

  /** @internal Use `application.addGroup`. */
  constructor(application: ApplicationScope, name: string, options: LocalGroupOptions<Properties> | undefined) {
    super(application, name, options);
    this.createdAt = options?.createdAt;
    for (const identity of options?.identities ?? []) this.addIdentity(identity);
    for (const group of options?.groups ?? []) this.addToGroup(group);
    this.attach(options);
  }

  get createdAt(): string | undefined {
    return this.#createdAt;
  }

  set createdAt(timestamp: Timestamp | undefined) {
    this.#createdAt = this.timestamp('createdAt', timestamp);
  }

  addIdentity(identity: string): this {
    if (this.#identities?.includes(identity) !== true) this.#identities = appended(this.#identities, identity);
    return this;
  }

  /**
   * Makes this group a member of `group`.
   * @throws InputError for the group itself, and `entity-foreign` for a group of another application.
   */
  addToGroup(group: Reference<LocalGroup<Properties>>): this {
    this.application.checkOwn(group);
    if (foldKey(typeof group === 'string' ? group : group.key) === foldKey(this.key)) {
      throw new InputError('input-invalid', `Group "${this.key}" cannot be a member of itself.`);
    }
    this.#groups ??= new ReferenceList();
    this.#groups.add(group);
    return this;
  }

  removeFromGroup(group: Reference<LocalGroup<Properties>>): boolean {
    return (this.#groups?.delete(group) ?? -1) >= 0;
  }

  /** @internal */
  toWire(): WireGroup {
    const wire = this.wireStart();
    if (this.#identities !== undefined) wire.identities = [...this.#identities];
    if (this.#createdAt !== undefined) wire.created_at = this.#createdAt;
    const groups = this.#groups?.keys() ?? [];
    if (groups.length > 0) wire.groups = groups;
    this.writeAttachments(wire);
    return wire as unknown as WireGroup;
  }

  protected override propertySchema(): PropertySchema {
    return this.application.schemas.of('group');
  }
}
