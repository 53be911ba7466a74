import type {
  ChangeContext,
  ChangeRow,
  Directory,
  OrganizationDirectory,
  ResourceChange,
  StoredResource,
} from '../directory.ts';

/** Where a directory keeps what it is given. */
export interface DirectoryStore {
  /** Opens the directory: the same one each time, one at a time. */
  open(options?: DirectoryStoreOptions): Promise<Directory>;
}

export interface DirectoryStoreOptions {
  /** What the directory takes for the time. */
  readonly clock?: (() => Date) | undefined;
  /** `reject` unless given. */
  readonly unknownMembers?: 'accept' | 'reject' | undefined;
}

/** Something that is true of every directory. */
export interface DirectoryLaw {
  /** A sentence. */
  readonly name: string;
  /** @throws AssertionError when it is not true of a directory in this store, which has to be empty */
  check(store: DirectoryStore): Promise<void>;
}

/** A law about one organization, `acme`, which is empty. */
export function law(
  name: string,
  check: (acme: OrganizationDirectory, directory: Directory) => Promise<void>,
  options?: DirectoryStoreOptions,
): DirectoryLaw {
  return {
    name,
    async check(store) {
      await withDirectory(store, options, async (directory) => {
        await directory.organizations.create({ id: 'acme', name: 'Acme' });
        await check(directory.organization('acme'), directory);
      });
    },
  };
}

export async function withDirectory(
  store: DirectoryStore,
  options: DirectoryStoreOptions | undefined,
  use: (directory: Directory) => Promise<void>,
): Promise<void> {
  const directory = await store.open(options);
  try {
    await use(directory);
  } finally {
    await directory.close();
  }
}

export const context: ChangeContext = { actor: 'tenant', requestId: 'request-1', origin: 'scim' };

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export function createUser(organization: OrganizationDirectory, userName: string): Promise<StoredResource> {
  return organization.create('User', { attributes: { schemas: [userUrn], userName } }, context);
}

export async function createUsers(organization: OrganizationDirectory, count: number): Promise<readonly string[]> {
  const users = await Promise.all(
    Array.from({ length: count }, (_, index) => createUser(organization, `user-${index}`)),
  );
  return users.map(({ id }) => id);
}

export function createGroup(
  organization: OrganizationDirectory,
  displayName: string,
  memberIds?: readonly string[],
): Promise<StoredResource> {
  return organization.create(
    'Group',
    { attributes: { schemas: [groupUrn], displayName }, members: memberIds?.map((id) => ({ id })) },
    context,
  );
}

/** A change of members by ids. */
export function members(change: {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly replaceAll?: boolean;
}): ResourceChange {
  const { add = [], remove = [], replaceAll = false } = change;
  return { members: [{ replaceAll, remove, removeMatching: [], add: add.map((value) => ({ value })) }] };
}

export function changeGroup(organization: OrganizationDirectory, id: string, change: ResourceChange) {
  return organization.update('Group', id, () => change, context);
}

/** The ids of all members, read in pages of two. */
export async function memberIds(organization: OrganizationDirectory, groupId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await organization.members(groupId, ids.at(-1), 2);
    ids.push(...page.map(({ id }) => id));
    if (page.length < 2) return ids;
  }
}

export function allChanges(organization: OrganizationDirectory): Promise<readonly ChangeRow[]> {
  return organization.changes(0, 1_000_000);
}

/** As plain objects, which compare whatever their prototypes. */
export function plain<Value>(value: Value): Value {
  return structuredClone(value);
}
