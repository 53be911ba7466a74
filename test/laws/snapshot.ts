import type { OrganizationDirectory } from '@oaa-kit/scim-writeback/directory';
import { emailOf } from './application.ts';
import { everything } from './scim-request.ts';

/** What is said of a user or group, as text by path of its attribute; what is not here is not assigned. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** What a directory holds at one moment. */
export interface Snapshot {
  readonly revision: number;
  /** By SCIM id. */
  readonly users: ReadonlyMap<string, Texts>;
  readonly groups: ReadonlyMap<string, Texts>;
  /** Ids of members by id of the group. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The directory as it is; undefined where it changed meanwhile. */
export async function snapshotOf(plain: OrganizationDirectory): Promise<Snapshot | undefined> {
  const revision = await plain.revision();
  const { resources: users } = await plain.list('User', everything);
  const { resources: groups } = await plain.list('Group', everything);
  const members = new Map<string, ReadonlySet<string>>();
  for (const { id } of groups) {
    members.set(id, new Set((await plain.members(id, undefined, 1000)).map((member) => member.id)));
  }
  if ((await plain.revision()) !== revision) return undefined;
  return {
    revision,
    users: new Map(
      users.map(({ id, attributes: { userName, active, title, emails } }) => [
        id,
        { userName: text(userName), active: text(active), title: text(title), emails: emailOf(emails) },
      ]),
    ),
    groups: new Map(groups.map(({ id, attributes }) => [id, { displayName: text(attributes.displayName) }])),
    members,
  };
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
