import { type Kysely, sql } from 'kysely';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import type { ResourceKind } from '../../directory.ts';
import type { MemberSnapshot, ResourceSnapshot } from '../../write-back.ts';
import { chunks } from '../chunks.ts';
import { compileOnce } from '../compile-once.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { linkId, readLinks } from './link-rows.ts';

type OfOrganization = Pick<Scope, 'organization'>;

/** A resource as the application is to know it. What has no link yet goes by its id. */
export async function snapshotOf(
  db: Kysely<Tables>,
  scope: OfOrganization,
  { kind, id, attributes }: { readonly kind: ResourceKind; readonly id: string; readonly attributes: ScimObject },
): Promise<ResourceSnapshot> {
  const link = (await readLinks(db, scope, [id])).get(linkId(kind, id));
  return { kind, id, key: link?.key ?? id, nativeId: link?.nativeId, attributes };
}

const selectKinds = compileOnce((db, given: { organization: string; groupId: string; ids: string }) =>
  db
    .selectFrom('members')
    .select(['member_id as id', 'member_kind as kind'])
    .where('organization', '=', given.organization)
    .where('group_id', '=', given.groupId)
    .where('member_id', 'in', idsOf(given.ids)),
);

/** Members of a group by their ids, each with its kind. */
export async function memberKinds(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  groupId: string,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly kind: ResourceKind }[]> {
  const found: { id: string; kind: ResourceKind }[] = [];
  for (const part of chunks(ids)) {
    found.push(...(await selectKinds(db, { organization, groupId, ids: JSON.stringify(part) })));
  }
  return found;
}

const selectNames = compileOnce((db, given: { organization: string; ids: string }) =>
  db
    .selectFrom('resources')
    .select([
      'id',
      sql<string | null>`case kind when 'User' then document ->> 'userName' else document ->> 'displayName' end`.as(
        'name',
      ),
    ])
    .where('organization', '=', given.organization)
    .where('id', 'in', idsOf(given.ids)),
);

/** Members as the application is to know them; `known`: those that are resources of the organization. */
export async function memberSnapshots(
  db: Kysely<Tables>,
  scope: OfOrganization,
  members: readonly { readonly id: string; readonly kind: ResourceKind }[],
): Promise<{ readonly snapshots: readonly MemberSnapshot[]; readonly known: ReadonlySet<string> }> {
  const ids = members.map(({ id }) => id);
  const links = await readLinks(db, scope, ids);
  const names = new Map<string, string | null>();
  for (const part of chunks(ids)) {
    const rows = await selectNames(db, { organization: scope.organization, ids: JSON.stringify(part) });
    for (const { id, name } of rows) names.set(id, name);
  }
  const snapshots = members.map(({ id, kind }): MemberSnapshot => {
    const link = links.get(linkId(kind, id));
    return { id, kind, key: link?.key ?? id, nativeId: link?.nativeId, name: names.get(id) ?? undefined };
  });
  return { snapshots, known: new Set(names.keys()) };
}

/** Those of the ids that are resources of the organization. */
export async function presentIds(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  for (const part of chunks(ids)) {
    const rows = await db
      .selectFrom('resources')
      .select('id')
      .where('organization', '=', organization)
      .where('id', 'in', idsOf(JSON.stringify(part)))
      .execute();
    for (const { id } of rows) present.add(id);
  }
  return present;
}
