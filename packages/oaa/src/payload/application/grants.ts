import { InputError } from '../../errors/errors.ts';
import type { PropertyDefinitions, PropertyInputs, PropertySchema, PropertyValue } from '../properties.ts';
import { keyOf, ListByReference, type Referable, type Reference, ReferenceList, stands } from '../reference-list.ts';
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

/** A permission or a role that was given, and the targets on which it was. */
export class Grant<Subject extends Referable> {
  readonly subject: Reference<Subject>;
  onApplication = false;
  resources: ReferenceList<Resource> | undefined;
  properties: Map<string, PropertyValue> | undefined;

  constructor(subject: Reference<Subject>) {
    this.subject = subject;
  }

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

function subjectStands({ subject }: Grant<Referable>): boolean {
  return stands(subject);
}

/** Permissions or roles that one identity was given, each with its targets. */
export class GrantList<Subject extends Permission | LocalRole> extends ListByReference<Subject, Grant<Subject>> {
  /**
   * Adds a target to what is given. Nothing is given when it throws.
   * @throws InputError `entity-foreign` for a target of another application.
   */
  extend(application: ApplicationScope, subject: Reference<Subject>, target: GrantTarget): Grant<Subject> {
    checkTarget(application, target);
    const position = this.indexOf(subject);
    const known = this.at(position);
    // What a removed entity was given must not come back with another one under its key.
    const isStale = this.isRemoved(position);
    const grant = known === undefined || isStale ? new Grant<Subject>(subject) : known;
    grant.extend(target);
    if (known === undefined) this.append(grant);
    else if (isStale) this.replace(position, grant);
    return grant;
  }

  /** The grants whose subject still stands. */
  standing(): readonly Grant<Subject>[] {
    return this.items.every(subjectStands) ? this.items : this.items.filter(subjectStands);
  }

  protected override referenceOf({ subject }: Grant<Subject>): Reference<Subject> {
    return subject;
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
  { name: application }: ApplicationScope,
  permissions: GrantList<Permission>,
): WirePermissionGrant[] {
  const wire: WirePermissionGrant[] = [];
  for (const grant of permissions.standing()) {
    const permission = keyOf(grant.subject);
    const resources = grant.resources?.keys() ?? none;
    if (grant.onApplication) wire.push({ application, permission, apply_to_application: true });
    if (resources.length > 0) wire.push({ application, resources, permission });
  }
  return wire;
}

/** An assignment whose resources were all removed is left out: it must not widen to the application. */
export function wireRoles({ name: application }: ApplicationScope, roles: GrantList<LocalRole>): WireRoleAssignment[] {
  const wire: WireRoleAssignment[] = [];
  for (const { subject, onApplication, resources: targets, properties } of roles.standing()) {
    const resources = targets?.keys() ?? none;
    if (!onApplication && resources.length === 0) continue;
    const assignment: Mutable<WireRoleAssignment> = {
      application,
      role: keyOf(subject),
      apply_to_application: onApplication,
    };
    if (resources.length > 0) assignment.resources = resources;
    if (properties !== undefined) assignment.custom_properties = Object.fromEntries(properties);
    wire.push(assignment);
  }
  return wire;
}
