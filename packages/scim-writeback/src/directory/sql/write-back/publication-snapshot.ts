import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { ResourceKind } from '../../directory.ts';
import type { PublicationSnapshot, SnapshotResource } from '../../publications.ts';
import type { Link } from '../../write-back.ts';
import { readRevision } from '../read-changes.ts';
import { readStoredResource, resourceColumns } from '../stored-resource.ts';
import type { Tables } from '../tables.ts';
import { readLastBase, unpackJson, unpackLinking } from './base-rows.ts';
import { toLink } from './link-rows.ts';

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
    base: { payload: await unpackJson(last.payload), linking: await unpackLinking(last.linking) },
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
      .select(resourceColumns)
      .where('organization', '=', organization)
      .where('kind', '=', kind);
    if (after !== undefined) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(rowsPerPart).execute();
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    const groupIds = await readGroupIds(db, organization, first, last);
    yield rows.map((row) => ({ resource: readStoredResource(row), groupIds: groupIds.get(row.id) ?? [] }));
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
  const rows = await db
    .selectFrom('members')
    .select(['member_id', 'group_id'])
    .where('organization', '=', organization)
    .where('member_id', '>=', first)
    .where('member_id', '<=', last)
    .orderBy('member_id')
    .orderBy('group_id')
    .execute();
  const groupIds = new Map<string, string[]>();
  for (const { member_id: member, group_id: group } of rows) {
    const known = groupIds.get(member);
    if (known === undefined) groupIds.set(member, [group]);
    else known.push(group);
  }
  return groupIds;
}
