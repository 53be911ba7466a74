import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import type { Directory } from '@oaa-kit/scim-writeback/directory';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';

/** Random, and the same in every run. */
export const token = 'b3a1f0c94d7e58620f1e2d3c4b5a69788796a5b4c3d2e1f0';

const organization = 'bench';
const context = { actor: 'bench', requestId: 'seed', origin: 'scim' } as const;

export function openDirectory(file: string): Promise<Directory> {
  return openSqliteDirectory({
    file,
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema(groupResourceType),
  });
}

/** A user as a tenant creates it. */
export function person(number: number): Record<string, unknown> {
  return {
    schemas: [userResourceType.schema.id],
    userName: `user${number}@example.com`,
    externalId: `ext-${number}`,
    name: { givenName: 'User', familyName: String(number), formatted: `User ${number}` },
    displayName: `User ${number}`,
    emails: [{ value: `user${number}@example.com`, type: 'work', primary: true }],
    active: true,
  };
}

export interface People {
  readonly file: string;
  readonly users: number;
  /** Some of them, spread. */
  readonly userIds: readonly string[];
  /** A group with so many members, at most 100,000. */
  readonly groupId: string;
  readonly members: number;
}

/** Fills a new directory through its own interface. */
export async function seed(file: string, users: number, members: number): Promise<People> {
  const directory = await openDirectory(file);
  try {
    await directory.organizations.create({ id: organization, name: 'Bench' });
    const people = directory.organization(organization);
    const ids: string[] = [];
    for (let start = 0; start < users; start += 512) {
      const made = await Promise.all(
        Array.from({ length: Math.min(512, users - start) }, (_, index) =>
          people.create('User', { attributes: person(start + index) as never }, context),
        ),
      );
      for (const { id } of made) ids.push(id);
    }
    const { id: groupId } = await people.create(
      'Group',
      {
        attributes: { schemas: [groupResourceType.schema.id], displayName: 'Everybody' } as never,
        members: ids.slice(0, members).map((id) => ({ id })),
      },
      context,
    );
    const userIds = ids.filter((_, index) => index % Math.ceil(users / 1_000) === 0);
    return { file, users, userIds, groupId, members };
  } finally {
    await directory.close();
  }
}
