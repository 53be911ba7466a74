import { InputError } from '../../errors/errors.ts';
import { foldKey } from '../keys.ts';
import type { PropertySchema } from '../properties.ts';
import { type Reference, ReferenceList } from '../reference-list.ts';
import type { ApplicationProperties, DefinitionsOf } from './application-properties.ts';
import type { ApplicationScope } from './application-scope.ts';
import { Entity, type EntityOptions } from './entity.ts';
import type { Permission } from './permission.ts';
import type { WireRole } from './wire.ts';

export interface LocalRoleOptions<Properties extends ApplicationProperties = ApplicationProperties>
  extends EntityOptions<DefinitionsOf<Properties, 'role'>> {
  readonly permissions?: readonly Reference<Permission>[] | undefined;
  /** The roles contained in this role. */
  readonly roles?: readonly Reference<LocalRole<Properties>>[] | undefined;
}

/** A bundle of permissions, given to identities with `assignRole`. */
export class LocalRole<Properties extends ApplicationProperties = ApplicationProperties> extends Entity<
  DefinitionsOf<Properties, 'role'>
> {
  readonly #permissions = new ReferenceList<Permission>();
  readonly #roles = new ReferenceList<LocalRole<Properties>>();

  /** @internal Use `application.addRole`. */
  constructor(application: ApplicationScope, name: string, options: LocalRoleOptions<Properties> | undefined) {
    super(application, name, options);
    for (const permission of options?.permissions ?? []) this.addPermission(permission);
    for (const role of options?.roles ?? []) this.addRole(role);
    this.attach(options);
  }

  addPermission(permission: Reference<Permission>): this {
    this.application.checkOwnPermission(permission);
    this.#permissions.add(permission);
    return this;
  }

  removePermission(permission: Reference<Permission>): boolean {
    return this.#permissions.delete(permission) >= 0;
  }

  /**
   * Puts a role into this one.
   * @throws InputError for the role itself, and `entity-foreign` for a role of another application.
   */
  addRole(role: Reference<LocalRole<Properties>>): this {
    this.application.checkOwn(role);
    if (foldKey(typeof role === 'string' ? role : role.key) === foldKey(this.key)) {
      throw new InputError('input-invalid', `Role "${this.key}" cannot contain itself.`);
    }
    this.#roles.add(role);
    return this;
  }

  removeRole(role: Reference<LocalRole<Properties>>): boolean {
    return this.#roles.delete(role) >= 0;
  }

  /** @internal */
  toWire(): WireRole {
    const wire = this.wireStart();
    const permissions = this.#permissions.keys();
    if (permissions.length > 0) wire.permissions = permissions;
    const roles = this.#roles.keys();
    if (roles.length > 0) wire.roles = roles;
    this.writeAttachments(wire);
    return wire as unknown as WireRole;
  }

  protected override propertySchema(): PropertySchema {
    return this.application.schemas.of('role');
  }
}
