import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { ResourceKind } from '../../directory.ts';
import type { PublicationSnapshot, SnapshotResource } from '../../publications.ts';
import type { Link } from '../../write-back.ts';
import { readRevision } from '../read-changes.ts';
import type { Tables } from '../tables.ts';
import { readLastBase, unpackLinking } from './base-rows.ts';
import { toLink } from './link-rows.ts';
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
    base: { payload: await unpackPayload(last.payload), linking: await unpackLinking(last.linking) },
    links: () => readLinks(db, organization),
    groups: () => readResources(db, organization, 'Group'),
    users: () => readResources(db, organization, 'User'),
  };
}

async function* readLinks(db: Kysely<Tables>, organization: string): AsyncGenerator<readonly Link[]> {
  let last: { kind: ResourceKind; id: string } | undefined;
  do {
    let query = db
      .selectFrom('links')
      .select(['kind', 'id', 'key', 'native_id', 'state', 'since'])
      .where('organization', '=', organization);
    if (last !== undefined) query = query.where(sql<boolean>`(kind, id) > (${last.kind}, ${last.id})`);
    const links = (await query.orderBy('kind').orderBy('id').limit(rowsPerPart).execute()).map(toLink);
    yield links;
    last = links.length < rowsPerPart ? undefined : links.at(-1);
    await setImmediate();
  } while (last !== undefined);
}

async function* readResources(
  db: Kysely<Tables>,
  organization: string,
  kind: ResourceKind,
): AsyncGenerator<readonly SnapshotResource[]> {
  let after: string | undefined;
  do {
    let query = db
      .selectFrom('resources')
      .select(['id', 'document', 'created'])
      .where('organization', '=', organization)
      .where('kind', '=', kind);
    if (after !== undefined) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(rowsPerPart).execute();
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    const groupIds = await readGroupIds(db, organization, first, last);
    yield rows.map(({ id, document, created }) => {
      // Only own properties of it are read, here and by whoever projects it.
      return { resource: { id, attributes: JSON.parse(document), created }, groupIds: groupIds.get(id) ?? [] };
    });
    after = rows.length < rowsPerPart ? undefined : last;
    await setImmediate();
  } while (after !== undefined);
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
