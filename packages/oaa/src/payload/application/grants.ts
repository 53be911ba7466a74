import { InputError } from '../../errors/errors.ts';
import type { PropertyDefinitions, PropertyInputs, PropertySchema, PropertyValue } from '../properties.ts';
import { type Reference, ReferenceList } from '../reference-list.ts';
import { ApplicationScope } from './application-scope.ts';
import type { LocalRole } from './local-role.ts';
import type { Permission } from './permission.ts';
import type { Resource } from './resource.ts';
import type { WirePermissionGrant, WireRoleAssignment } from './wire.ts';

/** What a permission or a role is given on: the application itself, or resources (handles or resource keys). */
export type GrantTarget = ApplicationScope | Reference<Resource> | readonly Reference<Resource>[];

class Grant {
  onApplication = false;
  resources: ReferenceList<Resource> | undefined;
  properties: Map<string, PropertyValue> | undefined;

  extend(application: ApplicationScope, target: GrantTarget): void {
    if (target instanceof ApplicationScope) {
      if (target !== application) {
        throw new InputError(
          'entity-foreign',
          `The target is the application "${target.name}", not "${application.name}".`,
        );
      }
      this.onApplication = true;
      return;
    }
    this.resources ??= new ReferenceList();
    for (const resource of Array.isArray(target) ? target : [target as Reference<Resource>]) {
      application.checkOwn(resource);
      this.resources.add(resource);
    }
  }
}

/** Grants by what is granted. */
class GrantTable<Subject extends Permission | LocalRole> {
  readonly #subjects = new ReferenceList<Subject>();
  readonly #grants: Grant[] = [];

  of(subject: Reference<Subject>): Grant {
    const position = this.#subjects.add(subject);
    const grant = this.#grants[position] ?? new Grant();
    this.#grants[position] = grant;
    return grant;
  }

  delete(subject: Reference<Subject>): boolean {
    const position = this.#subjects.delete(subject);
    if (position >= 0) this.#grants.splice(position, 1);
    return position >= 0;
  }

  *entries(): Generator<[key: string, grant: Grant, resources: readonly string[]]> {
    for (let position = 0; position < this.#grants.length; position += 1) {
      const subject = this.#subjects.at(position) as Reference<Subject>;
      const grant = this.#grants[position] as Grant;
      if (typeof subject === 'string') yield [subject, grant, grant.resources?.keys() ?? []];
      else if (!subject.removed) yield [subject.key, grant, grant.resources?.keys() ?? []];
    }
  }
}

/** The permissions and roles that one identity was given within one application. */
export class Grants {
  #permissions: GrantTable<Permission> | undefined;
  #roles: GrantTable<LocalRole> | undefined;

  permit(application: ApplicationScope, permission: Reference<Permission>, target: GrantTarget): void {
    this.#permissions ??= new GrantTable();
    this.#permissions.of(permission).extend(application, target);
  }

  assign(
    application: ApplicationScope,
    role: Reference<LocalRole>,
    target: GrantTarget,
    schema: PropertySchema,
    properties: PropertyInputs<PropertyDefinitions> | undefined,
  ): void {
    this.#roles ??= new GrantTable();
    const grant = this.#roles.of(role);
    grant.extend(application, target);
    for (const name in properties) {
      const value = properties[name];
      if (value === undefined) continue;
      const [defined, wire] = schema.check(name, value);
      grant.properties ??= new Map();
      grant.properties.set(defined, wire);
    }
  }

  revokePermission(permission: Reference<Permission>): boolean {
    return this.#permissions?.delete(permission) ?? false;
  }

  revokeRole(role: Reference<LocalRole>): boolean {
    return this.#roles?.delete(role) ?? false;
  }

  /** A grant on the application and one on resources stand apart, in this order. */
  wirePermissions(application: ApplicationScope): WirePermissionGrant[] {
    const wire: WirePermissionGrant[] = [];
    for (const [permission, grant, resources] of this.#permissions?.entries() ?? []) {
      if (grant.onApplication) wire.push({ application: application.name, permission, apply_to_application: true });
      if (resources.length > 0) wire.push({ application: application.name, resources, permission });
    }
    return wire;
  }

  /** An assignment whose resources were all removed is left out: it must not widen to the application. */
  wireRoles(application: ApplicationScope): WireRoleAssignment[] {
    const wire: WireRoleAssignment[] = [];
    for (const [role, grant, resources] of this.#roles?.entries() ?? []) {
      if (!grant.onApplication && resources.length === 0) continue;
      wire.push({
        application: application.name,
        role,
        apply_to_application: grant.onApplication,
        ...(resources.length > 0 ? { resources } : {}),
        ...(grant.properties === undefined ? {} : { custom_properties: Object.fromEntries(grant.properties) }),
      });
    }
    return wire;
  }
}
