import type { Kysely } from 'kysely';
import { sameValue } from '../../protocol/values/same-value.ts';
import type { ChangeContext, ResourceChange, ResourceKind, StoredResource, UpdateOutcome } from '../directory.ts';
import { changeMembers } from './change-members.ts';
import { changedAttributes } from './changed-facts.ts';
import { compileOnce } from './compile-once.ts';
import { findForChange, timeOfChange } from './find-resource.ts';
import { recordChange } from './record-change.ts';
import { contentColumns } from './resource-columns.ts';
import type { Scope } from './scope.ts';
import { keepSearchedValues } from './searched-values.ts';
import { readStoredResource } from './stored-resource.ts';
import type { Tables } from './tables.ts';
import { reserveUniqueValues } from './unique-values.ts';

type Stamp = Pick<Tables['resources'], 'organization' | 'id' | 'version' | 'last_modified'>;

/** Of a group whose members change. */
export const restamp = compileOnce((db, given: Stamp) =>
  db
    .updateTable('resources')
    .set({ version: given.version, last_modified: given.last_modified })
    .where('organization', '=', given.organization)
    .where('id', '=', given.id),
);

const rewrite = compileOnce((db, given: Stamp & ReturnType<typeof contentColumns>) =>
  db
    .updateTable('resources')
    .set({
      version: given.version,
      last_modified: given.last_modified,
      document: given.document,
      user_name: given.user_name,
      external_id: given.external_id,
      display_name: given.display_name,
      active: given.active,
      display: given.display,
    })
    .where('organization', '=', given.organization)
    .where('id', '=', given.id),
);

/** See `OrganizationDirectory.update`. */
export async function updateResource(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  id: string,
  decide: (current: StoredResource) => ResourceChange,
  context: ChangeContext,
): Promise<UpdateOutcome> {
  const before = await findForChange(db, scope, kind, id);
  const change = decide(before);
  const attributes = change.attributes ?? before.attributes;
  const rewritten = !sameValue(before.attributes, attributes);
  if (rewritten) {
    await reserveUniqueValues(db, scope, before, before.attributes, attributes);
    await keepSearchedValues(db, scope, before, before.attributes, attributes);
  }
  const members = change.members && (await changeMembers(db, scope, before, change.members));
  // RFC 7644 s3.5.2.1: what changes nothing leaves version and time as they are.
  if (!rewritten && members === undefined) return { resource: before, changed: false };
  const content = rewritten ? contentColumns(kind, attributes) : undefined;
  const after = readStoredResource({
    kind,
    id,
    document: content?.document ?? before.json,
    version: before.version + 1,
    created: before.created,
    last_modified: timeOfChange(scope, before),
  });
  const stamp = {
    organization: scope.organization,
    id,
    version: after.version,
    last_modified: after.lastModified,
  };
  if (content === undefined) await restamp(db, stamp);
  else await rewrite(db, { ...stamp, ...content });
  const facts = {
    attributes: rewritten ? changedAttributes(before.attributes, attributes, scope.kinds[kind].schema) : undefined,
    ...members,
  };
  await recordChange(db, scope, { kind, id, operation: 'update', facts, at: after.lastModified }, context);
  return { resource: after, changed: true };
}
