import { identityGrants } from '../../../payload/application/identity-grants.ts';
import { mergeGrants } from '../../../payload/application/merge-grants.ts';
import type {
  IdentityType,
  WireApplicationProperties,
  WireIdentityToPermissions,
  WireProperties,
} from '../../../payload/application/wire.ts';
import { joinPieces, type StreamingPayload } from '../../../payload/serialise.ts';
import type { KeyTable } from './key-table.ts';
import { type ApplicationLedger, type IdentityKind, identityKinds, type Ledger } from './ledger.ts';
import { GrantView, linkedKeys, resourceTree } from './ledger-view.ts';
import type { LinkList } from './link-list.ts';

/** What all applications of a mapping have in common. */
export interface ApplicationHead {
  readonly type: string;
  readonly description: string | undefined;
  readonly properties: WireProperties;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly definitions: WireApplicationProperties;
}

/** Entities are written together up to this length. */
const pieceLength = 64 * 1024;

const identityTypes: Readonly<Record<IdentityKind, IdentityType>> = {
  users: 'local_user',
  groups: 'local_group',
  identities: 'idp',
  credentials: 'local_access_creds',
};

/** The text of an entity with an id, which is its name, put in front. Texts begin with the id, or else with the name. */
function withId(text: string, key: string): string {
  return text.startsWith('{"id":') ? text : `{"id":${JSON.stringify(key)},${text.slice(1)}`;
}

/** The entities of a table, each with what `more` adds to its text (`,"groups":[...]`). */
function* entities(table: KeyTable, useIds: boolean, more: (slot: number) => string): Generator<string> {
  let entity = 0;
  let piece = '[';
  for (const batch of table.texts.batches()) {
    for (const stored of batch) {
      const slot = table.slotOf(entity);
      const text = useIds ? withId(stored, table.key(slot)) : stored;
      const added = more(slot);
      if (entity > 0) piece += ',';
      piece += added === '' ? text : `${text.slice(0, -1)}${added}}`;
      entity += 1;
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
  }
  yield `${piece}]`;
}

/** Writes the links of an entity, where there are any. */
function linkWriter(key: string, list: LinkList, from: KeyTable, to: KeyTable): (slot: number) => string {
  const links = list.bySource(from.slots);
  return (slot) => {
    const keys = linkedKeys(list, links, slot, to);
    return keys.length === 0 ? '' : `,"${key}":${JSON.stringify(keys)}`;
  };
}

function* resources(application: ApplicationLedger): Generator<string> {
  const { resources: table } = application;
  const { top, below } = resourceTree(application);
  const useIds = table.withId > 0;
  function* level(slots: Iterable<number>): Generator<string> {
    let separator = '[';
    for (const slot of slots) {
      const stored = table.texts.at(table.entityOf(slot));
      const text = useIds ? withId(stored, JSON.parse(stored).name as string) : stored;
      const children = below.of(slot);
      yield separator;
      separator = ',';
      if (children.length === 0) yield text;
      else {
        yield `${text.slice(0, -1)},"sub_resources":`;
        yield* level(Array.from(children, (entity) => table.slotOf(entity)));
        yield '}';
      }
    }
    yield separator === '[' ? '[]' : ']';
  }
  yield* level(top);
}

function* applicationPieces(ledger: Ledger, application: ApplicationLedger, head: ApplicationHead): Generator<string> {
  const { users, groups, roles, credentials, usesIds } = application;
  yield JSON.stringify({
    name: application.name,
    application_type: head.type,
    description: head.description ?? null,
  }).slice(0, -1);
  const groupsOf = linkWriter('groups', application.userGroups, users, groups);
  const credentialsOf = linkWriter('access_creds', application.userCredentials, users, credentials);
  yield ',"local_users":';
  yield* entities(users, usesIds, (slot) => groupsOf(slot) + credentialsOf(slot));
  yield ',"local_groups":';
  yield* entities(groups, usesIds, linkWriter('groups', application.groupGroups, groups, groups));
  const permissionsOf = linkWriter('permissions', application.rolePermissions, roles, ledger.permissions);
  const rolesOf = linkWriter('roles', application.roleRoles, roles, roles);
  yield ',"local_roles":';
  yield* entities(roles, usesIds, (slot) => permissionsOf(slot) + rolesOf(slot));
  yield ',"local_access_creds":';
  yield* entities(credentials, false, () => '');
  yield `,${JSON.stringify({ tags: head.tags, custom_properties: head.properties }).slice(1, -1)},"resources":`;
  yield* resources(application);
  yield '}';
}

function* grants(ledger: Ledger): Generator<WireIdentityToPermissions> {
  for (const kind of identityKinds) {
    for (const application of ledger.applications) {
      const view = new GrantView(ledger, application, kind);
      const table = application[kind];
      for (let entity = 0; entity < table.length; entity += 1) {
        const slot = table.slotOf(entity);
        const entry = identityGrants(table.key(slot), identityTypes[kind], view.permissions(slot), view.roles(slot));
        if (entry !== undefined) yield entry;
      }
    }
  }
}

/** The payload that a resolved ledger says, written straight from it. */
export class LedgerDocument implements StreamingPayload {
  readonly #ledger: Ledger;
  readonly #head: ApplicationHead;
  #grants = 0;

  constructor(ledger: Ledger, head: ApplicationHead) {
    this.#ledger = ledger;
    this.#head = head;
  }

  jsonChunks(): Iterable<string> {
    return joinPieces(this.#pieces());
  }

  /** How many entities of each kind; grants are those that were written last. */
  counts(): Readonly<Record<string, number>> {
    const applications = [...this.#ledger.applications];
    const sum = (kind: 'users' | 'groups' | 'roles' | 'credentials' | 'resources') =>
      applications.reduce((count, application) => count + application[kind].length, 0);
    return {
      applications: applications.length,
      users: sum('users'),
      groups: sum('groups'),
      roles: sum('roles'),
      credentials: sum('credentials'),
      resources: sum('resources'),
      permissions: this.#ledger.permissions.length,
      grants: this.#grants,
    };
  }

  *#pieces(): Generator<string> {
    this.#grants = 0;
    const applications = [...this.#ledger.applications];
    yield `{"custom_property_definition":${JSON.stringify({ applications: [this.#head.definitions] })},"applications":`;
    let separator = '[';
    for (const application of applications) {
      yield separator;
      yield* applicationPieces(this.#ledger, application, this.#head);
      separator = ',';
    }
    yield separator === '[' ? '[]' : ']';
    yield ',"permissions":';
    yield* entities(this.#ledger.permissions, false, () => '');
    yield ',"identity_to_permissions":';
    const entries = grants(this.#ledger);
    separator = '[';
    for (const entry of applications.length > 1 ? mergeGrants(entries) : entries) {
      this.#grants += (entry.application_permissions?.length ?? 0) + (entry.role_assignments?.length ?? 0);
      yield separator + JSON.stringify(entry);
      separator = ',';
    }
    yield separator === '[' ? '[]}' : ']}';
  }
}
