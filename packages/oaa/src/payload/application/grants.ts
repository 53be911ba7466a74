import { InputError } from '../../errors/errors.ts';
import type { PropertyDefinitions, PropertyInputs, PropertySchema, PropertyValue } from '../properties.ts';
import { appended, type Reference, ReferenceList } from '../reference-list.ts';
import { ApplicationScope } from './application-scope.ts';
import type { LocalRole } from './local-role.ts';
import type { Permission } from './permission.ts';
import type { Resource } from './resource.ts';
import type { WirePermissionGrant, WireRoleAssignment } from './wire.ts';

/** What a permission or a role is given on: the application itself, or resources (handles or resource keys). */
export type GrantTarget = ApplicationScope | Reference<Resource> | readonly Reference<Resource>[];

const none: readonly string[] = [];

type Mutable<Wire> = { -readonly [Key in keyof Wire]: Wire[Key] };

/** The targets on which one permission or role was given. */
export class Grant {
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

/** Permissions or roles that one identity was given, each with its targets. */
export class GrantList<Subject extends Permission | LocalRole> extends ReferenceList<Subject> {
  #grants: Grant[] = [];

  /** Adds a target to what is given. */
  extend(application: ApplicationScope, subject: Reference<Subject>, target: GrantTarget): Grant {
    const known = this.at(this.indexOf(subject));
    // What a removed entity was given must not come back with another one under its key.
    const stale = typeof known === 'object' && known.removed;
    const position = this.add(subject);
    const grant = this.#grants[position];
    if (grant !== undefined && !stale) {
      grant.extend(application, target);
      return grant;
    }
    const fresh = new Grant();
    fresh.extend(application, target);
    if (grant === undefined) this.#grants = appended(this.#grants, fresh);
    else this.#grants[position] = fresh;
    return fresh;
  }

  override delete(subject: Reference<Subject>): number {
    const position = super.delete(subject);
    if (position >= 0) this.#grants = this.#grants.toSpliced(position, 1);
    return position;
  }

  /** Calls `write` for each subject that still stands. */
  each(write: (key: string, grant: Grant, resources: readonly string[]) => void): void {
    for (let position = 0; position < this.#grants.length; position += 1) {
      const subject = this.at(position) as Reference<Subject>;
      const grant = this.#grants[position] as Grant;
      if (typeof subject === 'string') write(subject, grant, grant.resources?.keys() ?? none);
      else if (!subject.removed) write(subject.key, grant, grant.resources?.keys() ?? none);
    }
  }
}

/** Sets role assignment properties. @throws InputError `property-undefined` or `property-type`. */
export function setAssignmentProperties(
  grant: Grant,
  schema: PropertySchema,
  properties: PropertyInputs<PropertyDefinitions>,
): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const [defined, wire] = schema.check(name, value);
    grant.properties ??= new Map();
    grant.properties.set(defined, wire);
  }
}

/** A grant on the application and one on resources stand apart, in this order. */
export function wirePermissions(
  application: ApplicationScope,
  permissions: GrantList<Permission>,
): WirePermissionGrant[] {
  const wire: WirePermissionGrant[] = [];
  permissions.each((permission, grant, resources) => {
    if (grant.onApplication) wire.push({ application: application.name, permission, apply_to_application: true });
    if (resources.length > 0) wire.push({ application: application.name, resources, permission });
  });
  return wire;
}

/** An assignment whose resources were all removed is left out: it must not widen to the application. */
export function wireRoles(application: ApplicationScope, roles: GrantList<LocalRole>): WireRoleAssignment[] {
  const wire: WireRoleAssignment[] = [];
  roles.each((role, grant, resources) => {
    if (!grant.onApplication && resources.length === 0) return;
    const assignment: Mutable<WireRoleAssignment> = {
      application: application.name,
      role,
      apply_to_application: grant.onApplication,
    };
    if (resources.length > 0) assignment.resources = resources;
    if (grant.properties !== undefined) assignment.custom_properties = Object.fromEntries(grant.properties);
    wire.push(assignment);
  });
  return wire;
}
