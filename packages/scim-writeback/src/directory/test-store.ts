import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import type { DirectoryStore } from './conformance.ts';
import { openSqliteDirectory } from './sqlite.ts';

const standardSchemas = {
  userSchema: new ResourceSchema(userResourceType),
  groupSchema: new ResourceSchema(groupResourceType),
};

/** The path of a file that is not there yet, in a folder of its own. */
export async function temporaryFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'oaa-kit-directory-')), 'scim.db');
}

export function sqliteStore(file: string): DirectoryStore {
  return { open: (options = {}) => openSqliteDirectory({ file, ...standardSchemas, ...options }) };
}
