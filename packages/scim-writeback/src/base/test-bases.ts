import type { WireApplicationPayload, WireGroup, WireIdentityToPermissions, WireUser } from '@oaa-kit/oaa';
import { onTestFinished } from 'vitest';
import { comparableScimGroup, comparableScimUser } from '../attributes/comparable.ts';
import { groups as groupMapping, users as userMapping } from '../attributes/test-mapping.ts';
import type { AcceptedBase, BaseStore, SubmitOptions } from '../directory/bases.ts';
import type { Directory, OrganizationDirectory, ResourceKind, StoredResource } from '../directory/directory.ts';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import type { Intent, IntentRequest, IntentStore, Link } from '../directory/write-back.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';

/** Changes that came over SCIM and that the application has taken, or says to have taken. */
export interface ScimChanges {
  /** Gives the id. */
  create(kind: ResourceKind, attributes: ScimObject, nativeId?: string): Promise<string>;
  set(kind: ResourceKind, id: string, attributes: ScimObject, nativeId?: string): Promise<void>;
  delete(kind: ResourceKind, id: string): Promise<void>;
  add(groupId: string, ...memberIds: readonly string[]): Promise<void>;
  remove(groupId: string, ...memberIds: readonly string[]): Promise<void>;
  /** Asks the application and gets no answer: the intent stays open. */
  begin(kind: ResourceKind, id: string, attributes: ScimObject): Promise<Intent>;
  beginCreate(kind: ResourceKind, attributes: ScimObject): Promise<Intent>;
  beginDelete(kind: ResourceKind, id: string): Promise<Intent>;
  finish(intent: Intent, nativeId?: string): Promise<void>;
}

/** What the directory says of everybody, in the words of comparing: two of these are equal when no fact differs. */
export interface DirectoryFacts {
  readonly users: Readonly<Record<string, unknown>>;
  readonly groups: Readonly<Record<string, unknown>>;
}

/** An organization of its own, with what a base does to it. */
export interface TestBases {
  readonly directory: Directory;
  readonly plain: OrganizationDirectory;
  readonly bases: BaseStore;
  readonly scim: ScimChanges;
  /** Begins and submits at once: a base that was extracted while nothing changed. */
  submit(payload: WireApplicationPayload, options?: Partial<SubmitOptions>): Promise<AcceptedBase>;
  links(): Promise<readonly Link[]>;
  /** The live resource of this name. */
  named(name: string): Promise<StoredResource | undefined>;
  /** Names of users with their titles, names of groups with the names of their members. */
  facts(): Promise<DirectoryFacts>;
  revision(): Promise<number>;
}

const everything = { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 1000 } };
let organizations = 0;

/** A directory, until the test ends. */
async function openTestDirectory(): Promise<Directory> {
  const directory = await sqliteStore(await temporaryFile()).open();
  onTestFinished(() => directory.close());
  return directory;
}

/** An organization with nothing in it; in a directory of its own unless one is given. */
export async function useBases(given?: Directory): Promise<TestBases> {
  const directory = given ?? (await openTestDirectory());
  organizations += 1;
  const id = `acme-${organizations}`;
  await directory.organizations.create({ id, name: 'Acme' });
  const plain = directory.organization(id);
  const bases = directory.bases(id);
  const all = async () => [
    ...(await plain.list('User', everything)).resources,
    ...(await plain.list('Group', everything)).resources,
  ];
  return {
    directory,
    plain,
    bases,
    scim: scimChanges(directory.intents(id)),
    async submit(payload, options) {
      const { asOf } = await bases.begin();
      return bases.submit(payload, { asOf, actor: 'connector', ...options });
    },
    async links() {
      const parts: (readonly Link[])[] = [];
      for await (const part of directory.links(id).all()) parts.push(part);
      return parts.flat();
    },
    async named(name) {
      return (await all()).find(({ attributes }) => nameOf(attributes) === name);
    },
    async facts() {
      const resources = await all();
      const names = new Map(resources.map((one) => [one.id, nameOf(one.attributes)]));
      const found = { users: {} as Record<string, unknown>, groups: {} as Record<string, unknown> };
      const groups: [name: string, facts: object][] = [];
      for (const { kind, id: one, attributes } of resources) {
        if (kind === 'User') {
          found.users[nameOf(attributes)] = Object.fromEntries(comparableScimUser(attributes, userMapping).texts);
          continue;
        }
        const members = await plain.members(one, undefined, 1000);
        groups.push([
          nameOf(attributes),
          {
            ...Object.fromEntries(comparableScimGroup(attributes, groupMapping).texts),
            members: members.map((member) => names.get(member.id)).toSorted(),
          },
        ]);
      }
      // Groups may share a name.
      for (const [name, group] of groups.toSorted((left, right) =>
        JSON.stringify(left) < JSON.stringify(right) ? -1 : 1,
      )) {
        const same = Object.keys(found.groups).filter((known) => known.split(' / ')[0] === name).length;
        found.groups[same === 0 ? name : `${name} / ${same}`] = group;
      }
      return found;
    },
    revision: () => plain.revision(),
  };
}

export function nameOf({ userName, displayName }: ScimObject): string {
  return String(userName ?? displayName);
}

/** Changes through these intents. */
export function scimChanges(intents: IntentStore): ScimChanges {
  let requests = 0;
  const open = async (request: IntentRequest): Promise<Intent | undefined> => {
    requests += 1;
    const opened = await intents.open(request, {
      context: { actor: 'tenant', requestId: `request-${requests}`, origin: 'scim' },
      digest: String(requests),
      owner: 'test',
      leaseMs: 60_000,
      plan: () => [],
    } as Parameters<IntentStore['open']>[1]);
    if (opened.type === 'unchanged') return undefined;
    if (opened.type !== 'opened') throw new Error(`The intent is ${opened.type}.`);
    return opened.intent;
  };
  const finish = async (intent: Intent | undefined, nativeId?: string) => {
    if (intent === undefined) return;
    const applied = await intents.apply(intent, nativeId);
    if (applied === undefined || applied === 'needs-attention') throw new Error('The intent was not applied.');
  };
  const update = (kind: ResourceKind, id: string, attributes: ScimObject) =>
    open({ type: 'update', kind, id, decide: (current) => ({ attributes: { ...current.attributes, ...attributes } }) });
  const change = async (id: string, add: readonly string[], remove: readonly string[]) => {
    const step = { replaceAll: false, remove, removeMatching: [], add: add.map((value) => ({ value })) };
    await finish(await open({ type: 'update', kind: 'Group', id, decide: () => ({ members: [step] }) }));
  };
  const create = async (kind: ResourceKind, attributes: ScimObject) => {
    const urn = `urn:ietf:params:scim:schemas:core:2.0:${kind}`;
    const intent = await open({ type: 'create', kind, resource: { attributes: { schemas: [urn], ...attributes } } });
    if (intent === undefined) throw new Error('Nothing would change.');
    return intent;
  };
  const remove = async (kind: ResourceKind, id: string) => {
    const intent = await open({ type: 'delete', kind, id, check: () => undefined });
    if (intent === undefined) throw new Error('Nothing would change.');
    return intent;
  };
  return {
    async create(kind, attributes, nativeId) {
      const intent = await create(kind, attributes);
      await finish(intent, nativeId);
      return intent.resourceId;
    },
    beginCreate: create,
    set: async (kind, id, attributes, nativeId) => finish(await update(kind, id, attributes), nativeId),
    delete: async (kind, id) => finish(await remove(kind, id)),
    beginDelete: remove,
    add: (groupId, ...memberIds) => change(groupId, memberIds, []),
    remove: (groupId, ...memberIds) => change(groupId, [], memberIds),
    async begin(kind, id, attributes) {
      const intent = await update(kind, id, attributes);
      if (intent === undefined) throw new Error('Nothing would change.');
      return intent;
    },
    finish,
  };
}

/** A base of the application Shop EU that extracts titles of users. */
export function baseOf({
  users = [],
  groups = [],
  grants = [],
  application = 'Shop EU',
}: {
  readonly users?: readonly WireUser[];
  readonly groups?: readonly WireGroup[];
  readonly grants?: readonly WireIdentityToPermissions[];
  readonly application?: string;
}): WireApplicationPayload {
  return {
    custom_property_definition: {
      applications: [{ application_type: 'Shop', local_user_properties: { title: 'STRING' } }],
    },
    applications: [
      {
        name: application,
        application_type: 'Shop',
        description: null,
        local_users: users,
        local_groups: groups,
        local_roles: [],
        local_access_creds: [],
        resources: [],
        tags: [],
        custom_properties: {},
      },
    ],
    permissions: [{ name: 'read', permission_type: ['DataRead'] }],
    identity_to_permissions: grants,
  };
}

/** A local user with a title. */
export function titled(name: string, title: string, more: Partial<WireUser> = {}): WireUser {
  return { name, is_active: true, custom_properties: { title }, ...more };
}

/** The permission `read` on the application, for each. */
export function readGrants(users: readonly WireUser[]): readonly WireIdentityToPermissions[] {
  return users.map(({ id, name }) => ({
    identity: id ?? name,
    identity_type: 'local_user',
    application_permissions: [{ application: 'Shop EU', permission: 'read', apply_to_application: true }],
  }));
}
