import type { OrganizationDirectory, StoredResource } from '@oaa-kit/scim-writeback/directory';
import type { ScimAct } from './histories.ts';

/** What became of a request, as its client knows. */
export interface AskedRequest {
  readonly act: ScimAct;
  /** Among whom it chose. */
  readonly people: People;
  /** Of the organization, when it came. */
  readonly revision: number;
  /** The requests whose end was not known when it came. */
  readonly openThen: ReadonlySet<string>;
  /** Whether a base without ids had been accepted when it came: then names of groups do not repeat. */
  readonly hasNamesForKeys: boolean;
  readonly outcome: 'done' | 'unchanged' | 'refused' | 'unknown' | 'process died';
}

export const everything = {
  sort: { path: undefined, descending: false },
  page: { startIndex: 1, count: 1000 },
} as const;

/** Whom a request may choose among. */
export interface People {
  readonly users: readonly StoredResource[];
  readonly groups: readonly StoredResource[];
}

type Context = Parameters<OrganizationDirectory['create']>[2];
type MemberChange = {
  readonly replaceAll?: boolean;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
};

/** The ids of those that numbers choose. */
export function choosing({ users, groups }: People) {
  return {
    user: (index: number) => users[index % Math.max(1, users.length)]?.id ?? 'nobody',
    group: (index: number) => groups[index % Math.max(1, groups.length)]?.id ?? 'nothing',
  };
}

/** Sends what an act says, about those that there are; false where nothing was changed. */
export async function askOverScim(
  directory: OrganizationDirectory,
  act: ScimAct,
  context: Context,
  { users, groups }: People,
): Promise<boolean> {
  const { user, group } = choosing({ users, groups });
  const set = async (kind: 'User' | 'Group', id: string, attributes: Readonly<Record<string, unknown>>) => {
    const merge = ({ attributes: before }: StoredResource) => ({ attributes: merged(before, attributes) });
    return (await directory.update(kind, id, merge, context)).changed;
  };
  const members = async (id: string, { replaceAll = false, add = [], remove = [] }: MemberChange) => {
    const step = { replaceAll, remove, removeMatching: [], add: add.map((value) => ({ value })) };
    return (await directory.update('Group', id, () => ({ members: [step] }), context)).changed;
  };
  switch (act.type) {
    case 'create': {
      const { name, title, email } = act;
      const attributes = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: name,
        ...(title !== undefined && { title }),
        ...(email && { emails: [{ value: `${name}@x.test`, primary: true }] }),
      };
      await directory.create('User', { attributes }, context);
      return true;
    }
    case 'title':
      return set('User', user(act.who), { title: act.title });
    case 'rename':
      return set('User', user(act.who), { userName: act.name });
    case 'active':
      return set('User', user(act.who), { active: act.active });
    case 'all':
      return set('User', user(act.who), { userName: act.name, active: act.active, title: act.name });
    case 'delete':
      await directory.delete('User', user(act.who), () => undefined, context);
      return true;
    case 'create-group': {
      const attributes = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: act.name };
      const ids = [...new Set(users.length === 0 ? [] : act.members.map(user))];
      await directory.create('Group', { attributes, members: ids.map((id) => ({ id })) }, context);
      return true;
    }
    case 'rename-group':
      return set('Group', group(act.group), { displayName: act.name });
    case 'delete-group':
      await directory.delete('Group', group(act.group), () => undefined, context);
      return true;
    case 'add':
      return members(group(act.group), { add: [user(act.who)] });
    case 'remove':
      return members(group(act.group), { remove: [user(act.who)] });
    case 'nest':
      return members(group(act.group), { add: [group(act.who)] });
    case 'unnest':
      return members(group(act.group), { remove: [group(act.who)] });
    case 'replace':
      return members(group(act.group), { replaceAll: true, add: [...new Set(act.members.map(user))] });
  }
}

/** Attributes with others set, or taken away where they are undefined. */
function merged(
  before: StoredResource['attributes'],
  changes: Readonly<Record<string, unknown>>,
): StoredResource['attributes'] {
  const all = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as StoredResource['attributes'];
}
