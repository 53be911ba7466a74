import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { ResourceKind, StoredResource } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { Scope } from './scope.ts';
import { contentOfKind, readResourcesOf } from './stored-resource.ts';
import type { Tables } from './tables.ts';

const selectResource = compileOnce((db, given: { organization: string; kind: ResourceKind; id: string }) =>
  db
    .selectFrom('resources')
    .select(contentOfKind)
    .where('organization', '=', given.organization)
    .where('id', '=', given.id)
    .where('kind', '=', given.kind),
);

/** A resource of the organization by its id. */
export async function findResource(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  kind: ResourceKind,
  id: string,
): Promise<StoredResource | undefined> {
  const [found] = readResourcesOf(kind, await selectResource(db, { organization, kind, id }));
  return found;
}

/**
 * A resource that is about to be changed. The one place where a database that runs changes side by side has to lock the
 * row; SQLite runs them one after the other.
 *
 * @throws ScimError 404 when it is not there. RFC 7644 s3.12.
 */
export async function findForChange(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  id: string,
): Promise<StoredResource> {
  const found = await findResource(db, scope, kind, id);
  if (found === undefined) throw new ScimError(404, undefined, `There is no ${kind} with this id.`);
  return found;
}

/** The time of a change: that of the clock, but never before the last one, even when the clock was set back. */
export function timeOfChange(scope: Scope, { lastModified }: StoredResource): string {
  const now = scope.now();
  return now > lastModified ? now : lastModified;
}
