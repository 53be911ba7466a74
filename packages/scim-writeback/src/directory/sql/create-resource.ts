import type { Kysely } from 'kysely';
import type { ChangeContext, NewResource, ResourceKind, StoredResource } from '../directory.ts';
import { changeMembers } from './change-members.ts';
import { changedAttributes } from './changed-facts.ts';
import { compileOnce } from './compile-once.ts';
import { countResource } from './count-resources.ts';
import { recordChange } from './record-change.ts';
import { contentColumns } from './resource-columns.ts';
import type { Scope } from './scope.ts';
import { keepSearchedValues } from './searched-values.ts';
import { readStoredResource } from './stored-resource.ts';
import type { Tables } from './tables.ts';
import { reserveUniqueValues } from './unique-values.ts';

const insertResource = compileOnce((db, given: Tables['resources']) =>
  db.insertInto('resources').values({
    organization: given.organization,
    id: given.id,
    kind: given.kind,
    document: given.document,
    version: given.version,
    created: given.created,
    last_modified: given.last_modified,
    user_name: given.user_name,
    external_id: given.external_id,
    display_name: given.display_name,
    active: given.active,
    display: given.display,
  }),
);

/** See `OrganizationDirectory.create`. */
export async function createResource(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  { attributes, members: named = [] }: NewResource,
  context: ChangeContext,
): Promise<StoredResource> {
  const id = scope.newId();
  const at = scope.now();
  const content = contentColumns(kind, attributes);
  await insertResource(db, {
    organization: scope.organization,
    id,
    kind,
    version: 1,
    created: at,
    last_modified: at,
    ...content,
  });
  await reserveUniqueValues(db, scope, { kind, id }, undefined, attributes);
  await keepSearchedValues(db, scope, { kind, id }, undefined, attributes);
  const add = named.map(({ id: value, kind: type }) => ({ value, ...(type !== undefined && { type }) }));
  const members =
    add.length === 0
      ? undefined
      : await changeMembers(db, scope, { kind, id }, [{ replaceAll: false, remove: [], removeMatching: [], add }]);
  await countResource(db, scope, kind, 1);
  const facts = {
    attributes: changedAttributes(Object.create(null), attributes, scope.kinds[kind].schema),
    ...members,
  };
  await recordChange(db, scope, { kind, id, operation: 'create', facts, at }, context);
  return readStoredResource({ kind, id, document: content.document, version: 1, created: at, last_modified: at });
}
