import { InputError } from '../../errors/errors.ts';
import type { AttachmentOptions } from '../attachments.ts';
import type { CanonicalPermission } from '../canonical-permissions.ts';
import { checkDescription } from '../description.ts';
import { type EntityCollection, OwnedCollection } from '../entity-collection.ts';
import type { PropertySchema } from '../properties.ts';
import type { Referable, Reference } from '../reference-list.ts';
import { mapped, StreamedList, type StreamingPayload } from '../serialise.ts';
import { AccessCredential, type AccessCredentialOptions } from './access-credential.ts';
import type { ApplicationPayload } from './application-payload.ts';
import type { ApplicationProperties, ApplicationPropertySchemas, DefinitionsOf } from './application-properties.ts';
import { ApplicationScope } from './application-scope.ts';
import type { Identity } from './identity.ts';
import { IdpIdentity } from './idp-identity.ts';
import { LocalGroup, type LocalGroupOptions } from './local-group.ts';
import { LocalRole, type LocalRoleOptions } from './local-role.ts';
import { LocalUser, type LocalUserOptions } from './local-user.ts';
import type { Permission, PermissionOptions } from './permission.ts';
import { Resource, type ResourceOptions } from './resource.ts';
import type { IdentityType, WireApplication, WireApplicationPayload } from './wire.ts';

export interface ApplicationOptions<Properties extends ApplicationProperties = ApplicationProperties>
  extends Omit<AttachmentOptions<DefinitionsOf<Properties, 'application'>>, 'properties'> {
  /** The instance: unique in the payload. */
  readonly name: string;
  /** Shared by all instances of the application; names the graph's node types: `OAA.{applicationType}.User`. */
  readonly applicationType: string;
  /** At most 256 bytes. */
  readonly description?: string | undefined;
  /** Definitions of custom properties; they type the `properties` of every entity. */
  readonly properties?: Properties | undefined;
}

type Section = 'local_users' | 'local_groups' | 'local_roles' | 'local_access_creds' | 'resources';

/** The application object of the wire with its long lists still to be made. */
type StreamedApplication = Omit<WireApplication, Section> & {
  readonly [Key in Section]: StreamedList<NonNullable<WireApplication[Key]>[number]>;
};

/**
 * One application: its users, groups, roles, credentials and resources, and who may do what. Made by
 * {@link defineApplication} or `payload.addApplication`. Keys are compared without regard to case, order is kept.
 *
 * As something to push, it stands for the whole payload that it belongs to.
 */
export class Application<Properties extends ApplicationProperties = ApplicationProperties>
  extends ApplicationScope<DefinitionsOf<Properties, 'application'>>
  implements StreamingPayload
{
  readonly name: string;
  readonly applicationType: string;
  readonly description: string | undefined;
  /** The payload that the application is part of; permissions belong to it. */
  readonly payload: ApplicationPayload;
  /** @internal */
  readonly schemas: ApplicationPropertySchemas;
  readonly #users = new OwnedCollection<LocalUser<Properties>>('local user');
  readonly #groups = new OwnedCollection<LocalGroup<Properties>>('local group');
  readonly #roles = new OwnedCollection<LocalRole<Properties>>('local role');
  readonly #accessCredentials = new OwnedCollection<AccessCredential<Properties>>('access credential');
  readonly #idpIdentities = new OwnedCollection<IdpIdentity<Properties>>('identity');
  readonly #resources = new OwnedCollection<Resource<Properties>>('resource');

  /** @internal Use `defineApplication` or `payload.addApplication`. */
  constructor(
    payload: ApplicationPayload,
    schemas: ApplicationPropertySchemas,
    options: ApplicationOptions<Properties>,
  ) {
    super();
    this.payload = payload;
    this.schemas = schemas;
    this.name = options.name;
    this.applicationType = options.applicationType;
    this.description = options.description;
    if (this.name.trim() === '' || this.applicationType.trim() === '') {
      throw new InputError('input-invalid', 'An application needs a name and an application type.');
    }
    checkDescription(this.description, this.name);
    this.attach({ tags: options.tags, owners: options.owners });
  }

  get users(): EntityCollection<LocalUser<Properties>> {
    return this.#users;
  }

  get groups(): EntityCollection<LocalGroup<Properties>> {
    return this.#groups;
  }

  get roles(): EntityCollection<LocalRole<Properties>> {
    return this.#roles;
  }

  get accessCredentials(): EntityCollection<AccessCredential<Properties>> {
    return this.#accessCredentials;
  }

  get idpIdentities(): EntityCollection<IdpIdentity<Properties>> {
    return this.#idpIdentities;
  }

  /** The top resources; those below are reached through `resource.resources`. */
  get resources(): EntityCollection<Resource<Properties>> {
    return this.#resources;
  }

  get permissions(): EntityCollection<Permission> {
    return this.payload.permissions;
  }

  /** @throws InputError `duplicate-entity`, or for a bad property, tag or reference. */
  addUser(name: string, options?: LocalUserOptions<Properties>): LocalUser<Properties> {
    return this.#users.add(new LocalUser<Properties>(this, name, options));
  }

  /** The user with that id or name, added (with `options`) when there is none. */
  ensureUser(name: string, options?: LocalUserOptions<Properties>): LocalUser<Properties> {
    return this.#users.get(options?.id ?? name) ?? this.addUser(name, options);
  }

  /** Takes a user out with everything it was given. */
  removeUser(user: LocalUser<Properties> | string): boolean {
    return this.#users.remove(user);
  }

  /** @throws InputError `duplicate-entity`, or for a bad property, tag or reference. */
  addGroup(name: string, options?: LocalGroupOptions<Properties>): LocalGroup<Properties> {
    return this.#groups.add(new LocalGroup<Properties>(this, name, options));
  }

  /** The group with that id or name, added (with `options`) when there is none. */
  ensureGroup(name: string, options?: LocalGroupOptions<Properties>): LocalGroup<Properties> {
    return this.#groups.get(options?.id ?? name) ?? this.addGroup(name, options);
  }

  /** Takes a group out with its memberships and everything it was given. */
  removeGroup(group: LocalGroup<Properties> | string): boolean {
    return this.#groups.remove(group);
  }

  /** @throws InputError `duplicate-entity`, or for a bad property, tag or reference. */
  addRole(name: string, options?: LocalRoleOptions<Properties>): LocalRole<Properties> {
    return this.#roles.add(new LocalRole<Properties>(this, name, options));
  }

  /** The role with that id or name, added (with `options`) when there is none. */
  ensureRole(name: string, options?: LocalRoleOptions<Properties>): LocalRole<Properties> {
    return this.#roles.get(options?.id ?? name) ?? this.addRole(name, options);
  }

  /** Takes a role out with its assignments. */
  removeRole(role: LocalRole<Properties> | string): boolean {
    return this.#roles.remove(role);
  }

  /** @throws InputError `duplicate-entity`, or for an empty id or name, a bad property or tag. */
  addAccessCredential(
    id: string,
    name: string,
    options?: AccessCredentialOptions<Properties>,
  ): AccessCredential<Properties> {
    return this.#accessCredentials.add(new AccessCredential<Properties>(this, id, name, options));
  }

  /** The credential with that id, added (with `options`) when there is none. */
  ensureAccessCredential(
    id: string,
    name: string,
    options?: AccessCredentialOptions<Properties>,
  ): AccessCredential<Properties> {
    return this.#accessCredentials.get(id) ?? this.addAccessCredential(id, name, options);
  }

  /** Takes a credential out with everything it was given. */
  removeAccessCredential(credential: AccessCredential<Properties> | string): boolean {
    return this.#accessCredentials.remove(credential);
  }

  /** Adds a user or group of an identity provider by e-mail address, principal name or group name. */
  addIdpIdentity(name: string): IdpIdentity<Properties> {
    return this.#idpIdentities.add(new IdpIdentity<Properties>(this, name));
  }

  /** The identity with that name, added when there is none. */
  ensureIdpIdentity(name: string): IdpIdentity<Properties> {
    return this.#idpIdentities.get(name) ?? this.addIdpIdentity(name);
  }

  /** Takes an identity out with everything it was given. */
  removeIdpIdentity(identity: IdpIdentity<Properties> | string): boolean {
    return this.#idpIdentities.remove(identity);
  }

  /** @throws InputError `duplicate-entity`, or for a bad property, tag, description or connection. */
  addResource<const Type extends string>(
    name: string,
    resourceType: Type,
    options?: ResourceOptions<Properties, Type>,
  ): Resource<Properties, Type> {
    const resource = new Resource<Properties, Type>(this, undefined, name, resourceType, options);
    this.#resources.add(resource as unknown as Resource<Properties>);
    return resource;
  }

  /** The top resource with that id or name, added (with `options`) when there is none. */
  ensureResource<const Type extends string>(
    name: string,
    resourceType: Type,
    options?: ResourceOptions<Properties, Type>,
  ): Resource<Properties> {
    return (
      this.#resources.get(options?.id ?? name) ??
      (this.addResource(name, resourceType, options) as unknown as Resource<Properties>)
    );
  }

  /** Takes a top resource out, with all below it and every grant on them. */
  removeResource(resource: Resource<Properties> | string): boolean {
    return this.#resources.remove(resource);
  }

  /** @throws InputError `duplicate-entity`, or for an effect that is not canonical. */
  addPermission(name: string, effects: readonly CanonicalPermission[], options?: PermissionOptions): Permission {
    return this.payload.addPermission(name, effects, options);
  }

  /** The permission with that name, added when there is none. */
  ensurePermission(name: string, effects: readonly CanonicalPermission[], options?: PermissionOptions): Permission {
    return this.payload.ensurePermission(name, effects, options);
  }

  /** Takes a permission out of the payload, of all roles and of everyone it was given to. */
  removePermission(permission: Permission | string): boolean {
    return this.payload.removePermission(permission);
  }

  jsonChunks(): Iterable<string> {
    return this.payload.jsonChunks();
  }

  /** The whole payload as a plain JSON value, as `jsonChunks` writes it. */
  toJSON(): WireApplicationPayload {
    return this.payload.toJSON();
  }

  override toString(): string {
    return this.name;
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Application ${this.name}`;
  }

  /** @internal */
  override checkOwnPermission(permission: Reference<Referable>): void {
    if (typeof permission === 'string' || permission.removed) return;
    if ((this.payload.permissions.get(permission.key) as Referable | undefined) === permission) return;
    throw new InputError('entity-foreign', `The permission "${permission.key}" belongs to another payload.`, {
      hint: 'Add it to this payload too: permissions are shared by the applications of one payload only.',
    });
  }

  /** @internal The identities of one type, in the order in which they were added. */
  identities(type: IdentityType): Iterable<Identity<Properties, never>> {
    const byType: Partial<Record<IdentityType, Iterable<unknown>>> = {
      local_user: this.#users,
      local_group: this.#groups,
      idp: this.#idpIdentities,
      local_access_creds: this.#accessCredentials,
    };
    return (byType[type] ?? []) as Iterable<Identity<Properties, never>>;
  }

  /** @internal The application object of the wire; its entities are made while it is written. */
  toWire(): StreamedApplication {
    const streamed = <Wire>(items: Iterable<{ toWire(): Wire }>) =>
      new StreamedList<Wire>(() => mapped(items, (item) => item.toWire()));
    return {
      name: this.name,
      application_type: this.applicationType,
      description: this.description ?? null,
      local_users: streamed(this.#users),
      local_groups: streamed(this.#groups),
      local_roles: streamed(this.#roles),
      local_access_creds: streamed(this.#accessCredentials),
      tags: this.wireTags,
      custom_properties: this.wireProperties,
      ...(this.wireOwners.length > 0 ? { owners: this.wireOwners } : {}),
      resources: streamed(this.#resources),
    };
  }

  /** @internal */
  toPlainWire(): WireApplication {
    const wire = this.toWire();
    return {
      ...wire,
      local_users: [...wire.local_users],
      local_groups: [...wire.local_groups],
      local_roles: [...wire.local_roles],
      local_access_creds: [...wire.local_access_creds],
      resources: [...wire.resources],
    };
  }

  protected override propertySchema(): PropertySchema {
    return this.schemas.of('application');
  }
}
