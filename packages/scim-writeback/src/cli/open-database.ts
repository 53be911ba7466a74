import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError, UsageError } from '@oaa-kit/oaa';
import type { CommandContext } from '@oaa-kit/oaa/cli';
import type { Directory } from '../directory/directory.ts';
import { openSqliteDirectory } from '../directory/sqlite.ts';
import { standardProfile } from '../protocol/profile.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';

/** Whether a database that is not there is made, or missed. */
export type WhenMissing = 'make' | 'refuse';

function sqliteFile(cwd: string, database: string): string {
  const [, path] = /^sqlite:(.+)$/s.exec(database) ?? [];
  if (path !== undefined) return resolve(cwd, path);
  throw new UsageError('setting-invalid', 'The database is not of a kind that there is: it has to be sqlite:<file>.', {
    hint: 'Write --database sqlite:scim.db, for example.',
  });
}

async function requireFile(file: string): Promise<void> {
  try {
    await stat(file);
  } catch (cause) {
    throw new UsageError('file-unreadable', `There is no database ${file}.`, {
      hint: 'Check --database. `oaa scim token create` makes a new one with a token that opens it, and so does `oaa scim serve --token env:NAME`.',
      cause,
    });
  }
}

/**
 * Opens the directory that `--database` names, lets `work` have it, and closes it whatever comes.
 *
 * @throws {UsageError} for a database of another kind, and for one that is missing
 */
export async function withDirectory<Result>(
  { cwd }: CommandContext,
  database: string,
  whenMissing: WhenMissing,
  work: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const file = sqliteFile(cwd, database);
  if (whenMissing === 'refuse') await requireFile(file);
  const directory = await openSqliteDirectory({
    file,
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema(groupResourceType),
    unknownMembers: standardProfile.unknownMembers,
  });
  try {
    return await work(directory);
  } finally {
    await directory.close();
  }
}

/** Makes an organization unless it is there, or is made by somebody else at this moment. */
export async function ensureOrganization({ organizations }: Directory, id: string): Promise<void> {
  if ((await organizations.get(id)) !== undefined) return;
  try {
    await organizations.create({ id, name: id });
  } catch (error) {
    if ((await organizations.get(id)) === undefined) throw error;
  }
}

/** @throws {InputError} when the organization is not there */
export async function requireOrganization({ organizations }: Directory, id: string): Promise<void> {
  if ((await organizations.get(id)) !== undefined) return;
  throw new InputError('not-found', `There is no organization "${id}" in this database.`, {
    hint: '`oaa scim organization list` shows those that there are.',
  });
}
