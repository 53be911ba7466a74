import type { PropertyDefinitions, PropertyInputs } from '../properties.ts';
import type { Reference } from '../reference-list.ts';
import type { ApplicationProperties, DefinitionsOf } from './application-properties.ts';
import { Entity } from './entity.ts';
import { Grants, type GrantTarget } from './grants.ts';
import type { LocalRole } from './local-role.ts';
import type { Permission } from './permission.ts';
import type { IdentityType, WireIdentityToPermissions } from './wire.ts';

/** An entity that permissions and roles can be given to. */
export abstract class Identity<
  Properties extends ApplicationProperties,
  Definitions extends PropertyDefinitions,
> extends Entity<Definitions> {
  abstract readonly identityType: IdentityType;
  #grants: Grants | undefined;

  /**
   * Gives a permission on the application or on resources; given again, the targets add up.
   *
   * @example
   * jane.grant(read, portal).grant(write, [invoices, orders]);
   * @throws InputError `entity-foreign` for a handle of another application.
   */
  grant(permission: Reference<Permission>, target: GrantTarget): this {
    this.application.checkOwnPermission(permission);
    this.#grants ??= new Grants();
    this.#grants.permit(this.application, permission, target);
    return this;
  }

  /**
   * Gives a role on the application or on resources; given again, the targets add up and properties are overwritten.
   *
   * @throws InputError `entity-foreign`, `property-undefined` or `property-type`.
   */
  assignRole(
    role: Reference<LocalRole<Properties>>,
    target: GrantTarget,
    properties?: PropertyInputs<DefinitionsOf<Properties, 'roleAssignment'>>,
  ): this {
    this.application.checkOwn(role);
    this.#grants ??= new Grants();
    const schema = this.application.schemas.of('roleAssignment');
    this.#grants.assign(this.application, role as Reference<LocalRole>, target, schema, properties);
    return this;
  }

  /** Takes a permission back, on all its targets. */
  revokePermission(permission: Reference<Permission>): boolean {
    return this.#grants?.revokePermission(permission) ?? false;
  }

  /** Takes a role back, on all its targets. */
  revokeRole(role: Reference<LocalRole<Properties>>): boolean {
    return this.#grants?.revokeRole(role as Reference<LocalRole>) ?? false;
  }

  /** @internal The identity's grants as they stand on the wire; undefined when there are none. */
  toWireGrants(): WireIdentityToPermissions | undefined {
    if (this.#grants === undefined) return undefined;
    const permissions = this.#grants.wirePermissions(this.application);
    const roles = this.#grants.wireRoles(this.application);
    if (permissions.length === 0 && roles.length === 0) return undefined;
    return {
      identity: this.key,
      identity_type: this.identityType,
      ...(permissions.length > 0 ? { application_permissions: permissions } : {}),
      ...(roles.length > 0 ? { role_assignments: roles } : {}),
    };
  }
}
