import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { ProjectedResource } from '../../../projection/kind-projection.ts';
import type { KeyedLink } from '../../../projection/published-keys.ts';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import type { ResourceKind } from '../../directory.ts';
import type { KnownResource, PublicationSnapshot, SnapshotResource } from '../../publications.ts';
import { compileOnce } from '../compile-once.ts';
import { idsOf } from '../id-list.ts';
import { readRevision } from '../read-changes.ts';
import type { Tables } from '../tables.ts';
import { readLastBase, unpackRows } from './base-rows.ts';
import { unpackPayload } from './packed-payload.ts';

/** So many rows are read in one turn of the event loop. */
const rowsPerPart = 500;

/**
 * What is published of an organization. Undefined before the first base.
 *
 * @param db a snapshot: what it reads is of one moment
 */
export async function readSnapshot(db: Kysely<Tables>, organization: string): Promise<PublicationSnapshot | undefined> {
  const last = await readLastBase(db, { organization });
  if (last === undefined) return undefined;
  const revision = await readRevision(db, organization);
  return {
    pair: { revision, generation: last.record.generation },
    base: { payload: await unpackPayload(last.payload), ...(await unpackRows(last.linking)) },
    links: () => readLinks(db, organization),
    groups: (isKnown) => readResources(db, organization, 'Group', isKnown),
    users: (isKnown) => readResources(db, organization, 'User', isKnown),
  };
}

/** Only what a projection asks for: of a million links each column counts. */
const selectLinks = compileOnce((db, given: { organization: string; kind: ResourceKind; after: string }) =>
  db
    .selectFrom('links')
    .select(['id', 'key', 'state'])
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .where('id', '>', given.after)
    .orderBy('id')
    .limit(sql.lit(rowsPerPart)),
);

async function* readLinks(db: Kysely<Tables>, organization: string): AsyncGenerator<readonly KeyedLink[]> {
  for (const kind of ['Group', 'User'] as const) {
    let last: string | undefined = '';
    while (last !== undefined) {
      const rows = await selectLinks(db, { organization, kind, after: last });
      yield rows.map(({ id, key, state }) => ({ kind, id, key, state }));
      last = rows.length < rowsPerPart ? undefined : rows.at(-1)?.id;
      await setImmediate();
    }
  }
}

async function* readResources(
  db: Kysely<Tables>,
  organization: string,
  kind: ResourceKind,
  isKnown: KnownResource,
): AsyncGenerator<readonly SnapshotResource[]> {
  let after = '';
  do {
    const rows = await selectVersions(db, { organization, kind, after });
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    const changed = rows.filter(({ id, version }) => !isKnown(id, version)).map(({ id }) => id);
    const documents = await readDocuments(db, organization, changed);
    const groupIds = await readGroupIds(db, organization, first, last);
    yield rows.map(({ id }) => ({ id, resource: documents.get(id), groupIds: groupIds.get(id) ?? noGroups }));
    after = last;
    await setImmediate();
    if (rows.length < rowsPerPart) return;
  } while (after !== '');
}

const noGroups: readonly string[] = [];

const selectVersions = compileOnce((db, given: { organization: string; kind: ResourceKind; after: string }) =>
  db
    .selectFrom('resources')
    .select(['id', 'version'])
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .where('id', '>', given.after)
    .orderBy('id')
    .limit(sql.lit(rowsPerPart)),
);

const selectDocuments = compileOnce((db, given: { organization: string; ids: string }) =>
  db
    .selectFrom('resources')
    .select(['id', 'document', 'created'])
    .where('organization', '=', given.organization)
    .where('id', 'in', idsOf(given.ids)),
);

async function readDocuments(
  db: Kysely<Tables>,
  organization: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProjectedResource>> {
  if (ids.length === 0) return new Map();
  const rows = await selectDocuments(db, { organization, ids: JSON.stringify(ids) });
  // Only own properties of it are read, here and by whoever projects it.
  return new Map(
    rows.map(({ id, document, created }) => [id, { id, attributes: JSON.parse(document) as ScimObject, created }]),
  );
}

/** The groups of all whose ids are between two. */
async function readGroupIds(
  db: Kysely<Tables>,
  organization: string,
  first: string,
  last: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  // One row for each member, whose groups are a list: rows are what takes time.
  const { rows } = await sql<{ id: string; groups: string }>`
    select member_id as id, json_group_array(group_id) as groups
    from (
      select member_id, group_id from members
      where organization = ${organization} and member_id >= ${first} and member_id <= ${last}
      order by member_id, group_id
    )
    group by member_id`.execute(db);
  return new Map(rows.map(({ id, groups }) => [id, JSON.parse(groups)]));
}
