import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError, OaaError, UsageError } from '@oaa-kit/oaa';
import { canonicalInstant } from '../protocol/filter/canonical-instant.ts';
import type { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { Directory } from './directory.ts';
import { newUuid } from './sql/new-id.ts';
import type { DirectoryRules, KindRules } from './sql/scope.ts';
import { SqlDirectory } from './sql/sql-directory.ts';
import { openSqlite } from './sql/sqlite-access.ts';
import { uniqueAttributes } from './sql/unique-values.ts';

export interface SqliteDirectoryOptions {
  /** Path of the database; made, for its owner only, when it is not there. Its folder has to be. */
  readonly file: string;
  readonly userSchema: ResourceSchema;
  readonly groupSchema: ResourceSchema;
  /** Members of groups that are no resources of the organization: refused unless told otherwise. */
  readonly unknownMembers?: 'accept' | 'reject' | undefined;
  /** For tests. */
  readonly clock?: (() => Date) | undefined;
  /** Gives ids that are never given again; those that it gives one after the other had better be neighbours in order. */
  readonly newId?: (() => string) | undefined;
}

/**
 * Opens a directory in a SQLite file. Several processes may have the same file open, on one machine.
 *
 * @throws UsageError for a file that cannot be opened or made; InputError for one that is no directory, or one of a later
 * version of this program
 * @example
 * const directory = await openSqliteDirectory({
 *   file: 'scim.db',
 *   userSchema: new ResourceSchema(userResourceType),
 *   groupSchema: new ResourceSchema(groupResourceType),
 * });
 */
export async function openSqliteDirectory(options: SqliteDirectoryOptions): Promise<Directory> {
  const { file, userSchema, groupSchema, unknownMembers = 'reject', clock = () => new Date() } = options;
  const { newId = () => newUuid(clock().getTime()) } = options;
  const rules: DirectoryRules = {
    kinds: { User: rulesOf(userSchema), Group: rulesOf(groupSchema) },
    unknownMembers,
    now: () => instantOf(clock()),
    newId,
  };
  await makePrivateFile(file);
  try {
    return new SqlDirectory(await openSqlite(resolve(file)), rules);
  } catch (error) {
    if (error instanceof OaaError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('input-invalid', `The database ${file} cannot be used: ${why}`, { cause: error });
  }
}

function rulesOf(schema: ResourceSchema): KindRules {
  return { schema, unique: uniqueAttributes(schema) };
}

function instantOf(date: Date): string {
  const instant = canonicalInstant(date.toISOString());
  if (instant === undefined) throw new RangeError('The clock is outside the years 0 to 9999.');
  return instant;
}

/** An empty file is an empty database; SQLite gives its further files the same mode. It holds what people are called. */
async function makePrivateFile(file: string): Promise<void> {
  if (file === '' || file === ':memory:') {
    throw new UsageError('usage', 'A directory needs a file: what is kept in memory is lost.');
  }
  try {
    const made = await open(file, 'wx', 0o600);
    await made.close();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'EEXIST') return;
    throw new UsageError('file-unwritable', `The database ${file} cannot be made (${code}).`, {
      hint: 'Name a file in a folder that is there and that this user may write to.',
      cause: error,
    });
  }
}
