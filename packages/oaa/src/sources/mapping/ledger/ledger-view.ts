import type { WirePermissionGrant, WireRoleAssignment } from '../../../payload/application/wire.ts';
import { type GrantList, onApplication } from './grant-list.ts';
import type { KeyTable } from './key-table.ts';
import type { ApplicationLedger, IdentityKind, Ledger } from './ledger.ts';
import type { LinkList } from './link-list.ts';
import { type Adjacency, groupBy } from './link-list.ts';

/** The keys that the entity in a slot is linked to, each once. */
export function linkedKeys(list: LinkList, links: Adjacency, slot: number, table: KeyTable): string[] {
  const indexes = links.of(slot);
  if (indexes.length === 0) return [];
  if (indexes.length === 1) return [table.key(list.to(indexes[0] as number))];
  const slots = new Set<number>();
  for (const index of indexes) slots.add(list.to(index));
  return Array.from(slots, (other) => table.key(other));
}

/** What one identity was given: one entry for each permission or role, with all its targets. */
interface Given {
  onApplication: boolean;
  readonly resources: Set<number>;
  properties: Record<string, unknown> | undefined;
}

/** The grants of an application's identities of one kind, by identity. */
export class GrantView {
  readonly #ledger: Ledger;
  readonly #application: ApplicationLedger;
  readonly #permissions: GrantList;
  readonly #roles: GrantList;
  readonly #permissionsOf: Adjacency;
  readonly #rolesOf: Adjacency;

  constructor(ledger: Ledger, application: ApplicationLedger, kind: IdentityKind) {
    this.#ledger = ledger;
    this.#application = application;
    this.#permissions = application.permissionGrants[kind];
    this.#roles = application.roleGrants[kind];
    const slots = application[kind].slots;
    const byIdentity = (list: GrantList) =>
      groupBy(slots, list.length, (index) => (list.isDropped(index) ? -1 : list.from(index)));
    this.#permissionsOf = byIdentity(this.#permissions);
    this.#rolesOf = byIdentity(this.#roles);
  }

  #given(list: GrantList, indexes: Int32Array): Map<number, Given> {
    const given = new Map<number, Given>();
    for (const index of indexes) {
      const subject = list.subject(index);
      const entry = given.get(subject) ?? { onApplication: false, resources: new Set<number>(), properties: undefined };
      given.set(subject, entry);
      const target = list.target(index);
      if (target === onApplication) entry.onApplication = true;
      else entry.resources.add(target);
      const properties = list.properties(index);
      if (properties >= 0) entry.properties = { ...entry.properties, ...JSON.parse(this.#ledger.text(properties)) };
    }
    return given;
  }

  permissions(slot: number): WirePermissionGrant[] {
    const indexes = this.#permissionsOf.of(slot);
    if (indexes.length === 0) return [];
    const { name, resources: table } = this.#application;
    const wire: WirePermissionGrant[] = [];
    for (const [subject, { onApplication: everywhere, resources }] of this.#given(this.#permissions, indexes)) {
      const permission = this.#ledger.permissions.key(subject);
      if (everywhere) wire.push({ application: name, permission, apply_to_application: true });
      if (resources.size > 0) {
        wire.push({
          application: name,
          resources: Array.from(resources, (resource) => table.key(resource)),
          permission,
        });
      }
    }
    return wire;
  }

  roles(slot: number): WireRoleAssignment[] {
    const indexes = this.#rolesOf.of(slot);
    if (indexes.length === 0) return [];
    const { name, resources: table, roles } = this.#application;
    return Array.from(
      this.#given(this.#roles, indexes),
      ([subject, { onApplication: everywhere, resources, properties }]) => ({
        application: name,
        role: roles.key(subject),
        apply_to_application: everywhere,
        ...(resources.size > 0 ? { resources: Array.from(resources, (resource) => table.key(resource)) } : {}),
        ...(properties === undefined
          ? {}
          : { custom_properties: properties as WireRoleAssignment['custom_properties'] }),
      }),
    ) as WireRoleAssignment[];
  }
}

/** The resources right below each resource, and the top ones, in the order in which they came. */
export function resourceTree(application: ApplicationLedger): {
  readonly top: readonly number[];
  readonly below: Adjacency;
} {
  const { resources } = application;
  const top: number[] = [];
  const count = resources.length;
  for (let entity = 0; entity < count; entity += 1) {
    const slot = resources.slotOf(entity);
    if (application.parentOf(slot) < 0) top.push(slot);
  }
  const below = groupBy(resources.slots, count, (entity) => application.parentOf(resources.slotOf(entity)));
  return { top, below };
}
