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

/** @throws InputError `entity-foreign` for a target of another application. */
function checkTarget(application: ApplicationScope, target: GrantTarget): void {
  if (target instanceof ApplicationScope) {
    if (target === application) return;
    throw new InputError(
      'entity-foreign',
      `The target is the application "${target.name}", not "${application.name}".`,
    );
  }
  if (Array.isArray(target)) for (const resource of target) application.checkOwn(resource);
  else application.checkOwn(target as Reference<Resource>);
}

/** The targets on which one permission or role was given. */
export class Grant {
  onApplication = false;
  resources: ReferenceList<Resource> | undefined;
  properties: Map<string, PropertyValue> | undefined;

  extend(target: GrantTarget): void {
    if (target instanceof ApplicationScope) {
      this.onApplication = true;
      return;
    }
    this.resources ??= new ReferenceList();
    if (Array.isArray(target)) for (const resource of target) this.resources.add(resource);
    else this.resources.add(target as Reference<Resource>);
  }
}

/** Permissions or roles that one identity was given, each with its targets. */
export class GrantList<Subject extends Permission | LocalRole> extends ReferenceList<Subject> {
  #grants: Grant[] = [];

  /**
   * Adds a target to what is given. Nothing is given when it throws.
   * @throws InputError `entity-foreign` for a target of another application.
   */
  extend(application: ApplicationScope, subject: Reference<Subject>, target: GrantTarget): Grant {
    checkTarget(application, target);
    // What a removed entity was given must not come back with another one under its key.
    const stale = this.isRemoved(this.indexOf(subject));
    const position = this.add(subject);
    const grant = this.#grants[position];
    if (grant !== undefined && !stale) {
      grant.extend(target);
      return grant;
    }
    const fresh = new Grant();
    fresh.extend(target);
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

/** Role assignment properties as they stand on the wire. @throws InputError `property-undefined` or `property-type`. */
export function checkAssignmentProperties(
  schema: PropertySchema,
  properties: PropertyInputs<PropertyDefinitions>,
): [name: string, value: PropertyValue][] {
  return Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => schema.check(name, value));
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
