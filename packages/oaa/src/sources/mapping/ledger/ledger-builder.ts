import type { Application } from '../../../payload/application/application.ts';
import { ApplicationPayload } from '../../../payload/application/application-payload.ts';
import type { ApplicationProperties } from '../../../payload/application/application-properties.ts';
import type { Identity } from '../../../payload/application/identity.ts';
import type { Resource } from '../../../payload/application/resource.ts';
import type {
  WireAccessCredential,
  WireAttachments,
  WireGroup,
  WirePermission,
  WireResource,
  WireRole,
  WireUser,
} from '../../../payload/application/wire.ts';
import type { Owner } from '../../../payload/owners.ts';
import type { KeyTable } from './key-table.ts';
import { type ApplicationLedger, type IdentityKind, identityKinds, type Ledger } from './ledger.ts';
import type { ApplicationHead } from './ledger-document.ts';
import { GrantView, linkedKeys, resourceTree } from './ledger-view.ts';
import type { LinkList } from './link-list.ts';

/** Definitions that are known at run time only: any property may be set, and is checked then. */
type RuntimeProperties = Required<ApplicationProperties>;

function* entitiesOf<Wire>(table: KeyTable): Generator<[slot: number, wire: Wire]> {
  let entity = 0;
  for (const text of table.texts) {
    yield [table.slotOf(entity), JSON.parse(text) as Wire];
    entity += 1;
  }
}

/** Tags, owners and properties in the form that the builder takes. */
function attachments(wire: WireAttachments) {
  const owners = wire.owners?.map(
    (owner): Owner => ({ externalId: owner.external_id, ownerType: owner.owner_type, primary: owner.primary }),
  );
  return {
    properties: wire.custom_properties,
    tags: wire.tags === undefined ? undefined : Object.fromEntries(wire.tags.map(({ key, value }) => [key, value])),
    owners,
  };
}

/** Fills one application of the builder with what the ledger says of it. */
class ApplicationFiller {
  readonly #ledger: Ledger;
  readonly #source: ApplicationLedger;
  readonly #target: Application<RuntimeProperties>;

  constructor(ledger: Ledger, source: ApplicationLedger, target: Application<RuntimeProperties>) {
    this.#ledger = ledger;
    this.#source = source;
    this.#target = target;
  }

  fill(): void {
    this.#roles();
    this.#groups();
    this.#credentials();
    this.#users();
    for (const [, wire] of entitiesOf<{ name: string }>(this.#source.identities))
      this.#target.addIdpIdentity(wire.name);
    this.#resources();
    for (const kind of identityKinds) this.#grants(kind);
  }

  #id(wire: { readonly id?: string; readonly name: string }): string | undefined {
    return wire.id ?? (this.#source.usesIds ? wire.name : undefined);
  }

  #links(list: LinkList, from: KeyTable, to: KeyTable): (slot: number) => string[] {
    const links = list.bySource(from.slots);
    return (slot) => linkedKeys(list, links, slot, to);
  }

  #roles(): void {
    const { roles, roleRoles, rolePermissions } = this.#source;
    const permissionsOf = this.#links(rolePermissions, roles, this.#ledger.permissions);
    const rolesOf = this.#links(roleRoles, roles, roles);
    for (const [slot, wire] of entitiesOf<WireRole>(roles)) {
      this.#target.addRole(wire.name, {
        id: this.#id(wire),
        permissions: permissionsOf(slot),
        roles: rolesOf(slot),
        ...attachments(wire),
      });
    }
  }

  #groups(): void {
    const { groups, groupGroups } = this.#source;
    const groupsOf = this.#links(groupGroups, groups, groups);
    for (const [slot, wire] of entitiesOf<WireGroup>(groups)) {
      this.#target.addGroup(wire.name, {
        id: this.#id(wire),
        identities: wire.identities,
        createdAt: wire.created_at,
        groups: groupsOf(slot),
        ...attachments(wire),
      });
    }
  }

  #credentials(): void {
    for (const [, wire] of entitiesOf<WireAccessCredential>(this.#source.credentials)) {
      this.#target.addAccessCredential(wire.id, wire.name, {
        isActive: wire.is_active,
        canExpire: wire.can_expire,
        createdAt: wire.created_at,
        expiresAt: wire.expires_at,
        lastUsedAt: wire.last_used_at,
        ...attachments(wire),
      });
    }
  }

  #users(): void {
    const { users, groups, credentials, userGroups, userCredentials } = this.#source;
    const groupsOf = this.#links(userGroups, users, groups);
    const credentialsOf = this.#links(userCredentials, users, credentials);
    for (const [slot, wire] of entitiesOf<WireUser>(users)) {
      this.#target.addUser(wire.name, {
        id: this.#id(wire),
        email: wire.email,
        identities: wire.identities,
        groups: groupsOf(slot),
        accessCredentials: credentialsOf(slot),
        isActive: wire.is_active,
        createdAt: wire.created_at,
        lastLoginAt: wire.last_login_at,
        deactivatedAt: wire.deactivated_at,
        passwordLastChangedAt: wire.password_last_changed_at,
        userType: wire.user_type,
        ...attachments(wire),
      });
    }
  }

  #resources(): void {
    const { resources } = this.#source;
    const { top, below } = resourceTree(this.#source);
    const useIds = resources.withId > 0;
    const stack: [slot: number, parent: Resource<RuntimeProperties> | undefined][] = top
      .map((slot): [number, undefined] => [slot, undefined])
      .reverse();
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [slot, parent] = next;
      const wire = JSON.parse(resources.texts.at(resources.entityOf(slot))) as WireResource;
      const options = {
        id: wire.id ?? (useIds ? wire.name : undefined),
        description: wire.description,
        connections: wire.connections?.map(({ id, node_type }) => ({ id, nodeType: node_type })),
        ...attachments(wire),
      };
      const made = (parent ?? this.#target).addResource(
        wire.name,
        wire.resource_type,
        options,
      ) as Resource<RuntimeProperties>;
      const children = Array.from(below.of(slot), (entity): [number, Resource<RuntimeProperties>] => [
        resources.slotOf(entity),
        made,
      ]);
      stack.push(...children.reverse());
    }
  }

  #grants(kind: IdentityKind): void {
    const view = new GrantView(this.#ledger, this.#source, kind);
    const table = this.#source[kind];
    const found: Readonly<Record<IdentityKind, (key: string) => unknown>> = {
      users: (key) => this.#target.users.get(key),
      groups: (key) => this.#target.groups.get(key),
      identities: (key) => this.#target.idpIdentities.get(key),
      credentials: (key) => this.#target.accessCredentials.get(key),
    };
    for (let entity = 0; entity < table.length; entity += 1) {
      const slot = table.slotOf(entity);
      const identity = found[kind](table.key(slot)) as Identity<RuntimeProperties, never>;
      for (const { permission, resources } of view.permissions(slot)) {
        identity.grant(permission, resources === undefined ? this.#target : [...resources]);
      }
      for (const { role, resources, apply_to_application, custom_properties } of view.roles(slot)) {
        if (apply_to_application === true) identity.assignRole(role, this.#target, custom_properties);
        if (resources !== undefined) identity.assignRole(role, [...resources], custom_properties);
      }
    }
  }
}

/** The payload that a resolved ledger says, as a builder that can be changed further. */
export function buildFromLedger(
  ledger: Ledger,
  head: ApplicationHead,
  properties: ApplicationProperties,
): ApplicationPayload {
  const payload = new ApplicationPayload();
  for (const [, wire] of entitiesOf<WirePermission>(ledger.permissions)) {
    payload.addPermission(wire.name, wire.permission_type, {
      applyToSubResources: wire.apply_to_sub_resources,
      resourceTypes: wire.resource_types,
    });
  }
  for (const source of ledger.applications) {
    const target = payload.addApplication<RuntimeProperties>({
      name: source.name,
      applicationType: head.type,
      description: head.description,
      properties: properties as RuntimeProperties,
      tags: Object.fromEntries(head.tags.map(({ key, value }) => [key, value])),
    });
    for (const [name, value] of Object.entries(head.properties)) target.setProperty(name, value);
    new ApplicationFiller(ledger, source, target).fill();
  }
  return payload;
}
