import type { PropertyDefinitions, PropertyInputs } from '../properties.ts';
import type { Reference } from '../reference-list.ts';
import type { ApplicationProperties, DefinitionsOf } from './application-properties.ts';
import { Entity } from './entity.ts';
import { checkAssignmentProperties, GrantList, type GrantTarget, wirePermissions, wireRoles } from './grants.ts';
import { identityGrants } from './identity-grants.ts';
import type { LocalRole } from './local-role.ts';
import type { Permission } from './permission.ts';
import type { IdentityType, WireIdentityToPermissions } from './wire.ts';

/** An entity that permissions and roles can be given to. */
export abstract class Identity<
  Properties extends ApplicationProperties,
  Definitions extends PropertyDefinitions,
> extends Entity<Definitions> {
  abstract readonly identityType: IdentityType;
  #permissions: GrantList<Permission> | undefined;
  #roles: GrantList<LocalRole> | undefined;

  /**
   * Gives a permission on the application or on resources; given again, the targets add up.
   *
   * @example
   * jane.grant(read, portal).grant(write, [invoices, orders]);
   * @throws InputError `entity-foreign` for a handle of another application.
   */
  grant(permission: Reference<Permission>, target: GrantTarget): this {
    this.application.checkOwnPermission(permission);
    this.#permissions ??= new GrantList();
    this.#permissions.extend(this.application, permission, target);
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
    const schema = this.application.schemas.of('roleAssignment');
    const checked = properties === undefined ? [] : checkAssignmentProperties(schema, properties);
    this.#roles ??= new GrantList();
    const grant = this.#roles.extend(this.application, role as Reference<LocalRole>, target);
    if (checked.length > 0) grant.properties = new Map([...(grant.properties ?? []), ...checked]);
    return this;
  }

  /** Takes a permission back, on all its targets. */
  revokePermission(permission: Reference<Permission>): boolean {
    return (this.#permissions?.delete(permission) ?? -1) >= 0;
  }

  /** Takes a role back, on all its targets. */
  revokeRole(role: Reference<LocalRole<Properties>>): boolean {
    return (this.#roles?.delete(role as Reference<LocalRole>) ?? -1) >= 0;
  }

  /** @internal The identity's grants as they stand on the wire; undefined when there are none. */
  toWireGrants(): WireIdentityToPermissions | undefined {
    const permissions = this.#permissions === undefined ? [] : wirePermissions(this.application, this.#permissions);
    const roles = this.#roles === undefined ? [] : wireRoles(this.application, this.#roles);
    return identityGrants(this.key, this.identityType, permissions, roles);
  }
}
