import { InputError } from '../../errors/errors.ts';
import type { CanonicalPermission } from '../canonical-permissions.ts';
import { type EntityCollection, OwnedCollection } from '../entity-collection.ts';
import { KeyMap } from '../keys.ts';
import { jsonChunks, mapped, StreamedList, type StreamingPayload } from '../serialise.ts';
import { Application, type ApplicationOptions } from './application.ts';
import { type ApplicationProperties, ApplicationPropertySchemas, type Nothing } from './application-properties.ts';
import { mergeGrants } from './merge-grants.ts';
import { Permission, type PermissionOptions } from './permission.ts';
import type { IdentityType, WireApplicationPayload, WireIdentityToPermissions } from './wire.ts';

/** Identities in the order of the wire. */
const identityTypes = [
  'local_user',
  'local_group',
  'idp',
  'local_access_creds',
] as const satisfies readonly IdentityType[];

/**
 * A payload of the `application` template: one or several applications with the permissions that they share.
 *
 * @example
 * const payload = new ApplicationPayload();
 * const read = payload.addPermission('read', ['DataRead']);
 * const shop = payload.addApplication({ name: 'Shop EU', applicationType: 'Shop' });
 * shop.addUser('jane').grant(read, shop);
 */
export class ApplicationPayload implements StreamingPayload {
  /** The payload's template: what a provider for it is created with. */
  readonly template = 'application';
  readonly #applications = new KeyMap<Application>();
  readonly #schemas = new KeyMap<ApplicationPropertySchemas>();
  readonly #permissions = new OwnedCollection<Permission>('permission');

  get applications(): Iterable<Application> {
    return this.#applications;
  }

  get permissions(): EntityCollection<Permission> {
    return this.#permissions;
  }

  /**
   * Adds an application. Applications of one type share their property definitions.
   * @throws InputError `duplicate-entity` for a name that is there, or for definitions that contradict each other.
   */
  addApplication<const Properties extends ApplicationProperties = Nothing>(
    options: ApplicationOptions<Properties>,
  ): Application<Properties> {
    if (this.#applications.has(options.name)) {
      throw new InputError('duplicate-entity', `The payload already has an application "${options.name}".`);
    }
    const schemas =
      this.#schemas.get(options.applicationType) ?? new ApplicationPropertySchemas(options.applicationType);
    const application = new Application<Properties>(this, schemas, options);
    schemas.define(options.properties ?? {});
    this.#schemas.set(options.applicationType, schemas);
    this.#applications.set(options.name, application as unknown as Application);
    return application;
  }

  /** @throws InputError `duplicate-entity`, or for an effect that is not canonical. */
  addPermission(name: string, effects: readonly CanonicalPermission[], options?: PermissionOptions): Permission {
    return this.#permissions.add(new Permission(name, effects, options));
  }

  /** The permission with that name, added when there is none. */
  ensurePermission(name: string, effects: readonly CanonicalPermission[], options?: PermissionOptions): Permission {
    return this.#permissions.get(name) ?? this.addPermission(name, effects, options);
  }

  /** Takes a permission out, of all roles and of everyone it was given to. */
  removePermission(permission: Permission | string): boolean {
    return this.#permissions.remove(permission);
  }

  /** The JSON text in chunks of about 64 kB; nothing of the document's size is built. */
  jsonChunks(): Iterable<string> {
    return jsonChunks({
      custom_property_definition: this.#definitions(),
      applications: new StreamedList(() => mapped(this.#applications, (application) => application.toWire())),
      permissions: new StreamedList(() => mapped(this.#permissions, (permission) => permission.toWire())),
      identity_to_permissions: new StreamedList(() => this.#identityToPermissions()),
    });
  }

  /** The payload as a plain JSON value; for large payloads prefer `jsonChunks`. */
  toJSON(): WireApplicationPayload {
    return {
      custom_property_definition: this.#definitions(),
      applications: Array.from(this.#applications, (application) => application.toPlainWire()),
      permissions: Array.from(this.#permissions, (permission) => permission.toWire()),
      identity_to_permissions: [...this.#identityToPermissions()],
    };
  }

  #definitions(): WireApplicationPayload['custom_property_definition'] {
    return { applications: Array.from(this.#schemas, (schemas) => schemas.toWire()) };
  }

  #identityToPermissions(): Iterable<WireIdentityToPermissions> {
    return this.#applications.size > 1 ? mergeGrants(this.#grants()) : this.#grants();
  }

  *#grants(): Generator<WireIdentityToPermissions> {
    for (const type of identityTypes) {
      for (const application of this.#applications) {
        for (const identity of application.identities(type)) {
          const grants = identity.toWireGrants();
          if (grants !== undefined) yield grants;
        }
      }
    }
  }
}
