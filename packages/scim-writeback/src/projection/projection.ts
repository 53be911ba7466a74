import {
  type Diagnostic,
  InputError,
  type WireApplication,
  type WireApplicationPayload,
  type WireGroup,
  type WireRole,
  type WireUser,
} from '@oaa-kit/oaa';
import type { AttributeMapping } from '../attributes/attribute-mapping.ts';
import { toLocalGroup } from '../attributes/local-group.ts';
import { toLocalUser } from '../attributes/local-user.ts';
import { overlayGroup, overlayUser } from '../attributes/overlay.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type { BaseLinking } from '../directory/write-back.ts';
import { type AsExtracted, mappingText } from './as-extracted.ts';
import { breakCycles } from './break-cycles.ts';
import { KindProjection, type ProjectedResource, type RowMaker } from './kind-projection.ts';
import { PlacedRows } from './placed-rows.ts';
import { projectGrants } from './project-grants.ts';
import { type KeyedLink, PublishedKeys } from './published-keys.ts';
import { Quarantine, type QuarantinedValue } from './quarantine.ts';
import { Reports } from './report.ts';
import { settleDefinitions } from './settle-definitions.ts';

export interface ProjectionOptions {
  /** As it was accepted: valid, complete, of one application. */
  readonly base: WireApplicationPayload;
  readonly linking: BaseLinking;
  /** Left out, all resources have to be read. */
  readonly asExtracted?: AsExtracted | undefined;
  readonly keys: PublishedKeys;
  readonly mapping: Readonly<Record<ResourceKind, AttributeMapping>>;
  /** What the tenant has refused before. */
  readonly quarantine?: readonly QuarantinedValue[] | undefined;
}

export interface ProjectionResult {
  /** Every user, group and role has an id: the key of its link. */
  readonly payload: WireApplicationPayload;
  /** What was left out and why, all warnings; the first 1,000. */
  readonly diagnostics: readonly Diagnostic[];
  readonly diagnosticCount: number;
}

/**
 * The payload that says of an application what the directory says of its users, groups and memberships, and what the base
 * says of all else. Users and groups are given to it one by one, in any order.
 *
 * - Rows of the base with a live link are as the directory says (`overlayUser`), under the key of the link.
 * - Rows whose link is a tombstone are gone, with all that refers to them.
 * - Rows without a link are published apart, as the base has them.
 * - Resources without a row were created by SCIM: they have what the directory says, and no grants.
 *
 * So a grant is only ever published for the link that it was extracted for (write-back.md, law 4).
 *
 * @example
 * const projection = new Projection({ base, linking, keys: PublishedKeys.of(links), mapping });
 * projection.addGroup({ id: '9c1e', attributes: { displayName: 'Sales' } }, []);
 * projection.addUser({ id: '2819', attributes: { userName: 'jane' } }, ['9c1e']);
 * const { payload } = projection.finish();
 */
export class Projection {
  readonly #base: WireApplicationPayload;
  readonly #application: WireApplication;
  readonly #reports = new Reports();
  readonly #definitions: WireApplicationPayload['custom_property_definition'];
  readonly #userRows: PlacedRows<WireUser>;
  readonly #groupRows: PlacedRows<WireGroup>;
  readonly #users: KindProjection<WireUser>;
  readonly #groups: KindProjection<WireGroup>;

  /** @throws InputError for a base of several applications, or one that says only what changed */
  constructor({ base, linking, asExtracted, keys, mapping, quarantine: values = [] }: ProjectionOptions) {
    this.#base = base;
    this.#application = onlyApplication(base);
    const report = this.#reports.add;
    const quarantine = new Quarantine(values);
    const { application_type: type, local_users: users = [], local_groups: groups = [] } = this.#application;
    // Validation lets bases through that have no definitions at all.
    const definitions: Partial<WireApplicationPayload['custom_property_definition']> =
      base.custom_property_definition ?? {};
    const settled = settleDefinitions(definitions.applications ?? [], type, mapping, quarantine, report);
    this.#definitions = { applications: settled.applications };
    const versions = asExtracted?.mapping === mappingText(mapping) ? asExtracted : undefined;
    this.#groupRows = new PlacedRows('Group', groups, linking.groups, keys, report, versions?.groups);
    this.#userRows = new PlacedRows('User', users, linking.users, keys, report, versions?.users);
    const shared = { groups: this.#groupRows, quarantine, report };
    this.#users = new KindProjection({ ...shared, maker: userMaker(settled.mapping.User), rows: this.#userRows });
    this.#groups = new KindProjection({ ...shared, maker: groupMaker(settled.mapping.Group), rows: this.#groupRows });
  }

  /** Whether a user or group of this version need not be read, and may be given to `addAsExtracted`. */
  isAsExtracted(kind: ResourceKind, id: string, version: number): boolean {
    return (kind === 'User' ? this.#users : this.#groups).isAsExtracted(id, version);
  }

  /** A user or group that is as the base has it, but for its groups. */
  addAsExtracted(kind: ResourceKind, id: string, groupIds: readonly string[]): void {
    (kind === 'User' ? this.#users : this.#groups).addAsExtracted(id, groupIds);
  }

  /** @param groupIds SCIM ids of the groups that the user is in directly; each of a group that is added, too */
  addUser(user: ProjectedResource, groupIds: readonly string[]): void {
    this.#users.add(user, groupIds);
  }

  /** @param groupIds the same, for a group in groups */
  addGroup(group: ProjectedResource, groupIds: readonly string[]): void {
    this.#groups.add(group, groupIds);
  }

  /** The payload, when all users and groups were added. */
  finish(): ProjectionResult {
    const report = this.#reports.add;
    const { rows: groups, apart } = this.#groups.finish();
    const { rows: users } = this.#users.finish();
    const { identity_to_permissions: grants = [] }: Partial<WireApplicationPayload> = this.#base;
    const application: WireApplication = {
      ...this.#application,
      local_users: users,
      local_groups: breakCycles(groups, apart, report),
      local_roles: (this.#application.local_roles ?? []).map(withId),
    };
    const payload: WireApplicationPayload = {
      ...this.#base,
      custom_property_definition: this.#definitions,
      applications: [application],
      identity_to_permissions: projectGrants(grants, this.#userRows, this.#groupRows, report),
    };
    return { payload, diagnostics: this.#reports.kept, diagnosticCount: this.#reports.count };
  }
}

/** A resource with the SCIM ids of the groups that it is in directly. */
export interface ResourceInGroups {
  readonly resource: ProjectedResource;
  readonly groupIds: readonly string[];
}

/** {@link Projection} of users and groups that are there already. */
export function project({
  users,
  groups,
  links,
  ...options
}: Omit<ProjectionOptions, 'keys'> & {
  /** All of the organization, tombstones too. */
  readonly links: Iterable<KeyedLink>;
  readonly users: Iterable<ResourceInGroups>;
  readonly groups: Iterable<ResourceInGroups>;
}): ProjectionResult {
  const projection = new Projection({ ...options, keys: PublishedKeys.of(links) });
  for (const { resource, groupIds } of groups) projection.addGroup(resource, groupIds);
  for (const { resource, groupIds } of users) projection.addUser(resource, groupIds);
  return projection.finish();
}

function onlyApplication({ applications, incremental_change: incremental }: WireApplicationPayload): WireApplication {
  const [application] = applications;
  if (application !== undefined && applications.length === 1 && incremental !== true) return application;
  throw new InputError('input-invalid', 'A base describes one application completely.', {
    hint: 'Submit a base with one application for each organization, and without incremental_change.',
  });
}

/** Where some have ids, all of users, groups and roles have to (reference 1.0.7). References name roles as before. */
function withId(role: WireRole): WireRole {
  return role.id === undefined ? { id: role.name, ...role } : role;
}

function userMaker(mapping: AttributeMapping): RowMaker<WireUser> {
  return {
    kind: 'User',
    make(resource) {
      const { user, diagnostics } = toLocalUser(resource, mapping);
      return { row: user, diagnostics };
    },
    overlay(base, resource) {
      const { user, diagnostics } = overlayUser(base, resource, mapping);
      return { row: user, diagnostics };
    },
  };
}

function groupMaker(mapping: AttributeMapping): RowMaker<WireGroup> {
  return {
    kind: 'Group',
    make(resource) {
      const { group, diagnostics } = toLocalGroup(resource, mapping);
      return { row: group, diagnostics };
    },
    overlay(base, resource) {
      const { group, diagnostics } = overlayGroup(base, resource, mapping);
      return { row: group, diagnostics };
    },
  };
}
