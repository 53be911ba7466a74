import type { Kysely } from 'kysely';
import type { ResourceKind } from '../../directory.ts';
import type { Link } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { toLink, tombstoneLink } from './link-rows.ts';

type OfOrganization = Pick<Scope, 'organization'>;

/** All links of an organization, by kind and id. */
export type Links = Readonly<Record<ResourceKind, ReadonlyMap<string, Link>>>;

/** Reads all links. */
export async function readAllLinks(db: Kysely<Tables>, { organization }: OfOrganization): Promise<Links> {
  const links = { User: new Map<string, Link>(), Group: new Map<string, Link>() };
  const rows = await db
    .selectFrom('links')
    .select(['kind', 'id', 'key', 'native_id', 'state', 'since'])
    .where('organization', '=', organization)
    .orderBy('kind')
    .orderBy('id')
    .execute();
  for (const row of rows) links[row.kind].set(row.id, toLink(row));
  return links;
}

/** Makes tombstones of the links of resources that were deleted by a service without write-back. */
export async function buryOrphans(db: Kysely<Tables>, scope: OfOrganization): Promise<void> {
  const { organization } = scope;
  const orphans = await db
    .selectFrom('links')
    .leftJoin('resources', (join) =>
      join.onRef('resources.organization', '=', 'links.organization').onRef('resources.id', '=', 'links.id'),
    )
    .select(['links.kind', 'links.id', 'links.since'])
    .where('links.organization', '=', organization)
    .where('links.state', '=', 'live')
    .where('resources.id', 'is', null)
    .execute();
  for (const { kind, id, since } of orphans) {
    const deletion = await db
      .selectFrom('changes')
      .select('revision')
      .where('organization', '=', organization)
      .where('id', '=', id)
      .where('operation', '=', 'delete')
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst();
    await tombstoneLink(db, scope, kind, id, deletion?.revision ?? since);
  }
}

/** Notes what a base calls a resource, where nobody has said yet what the application calls it. */
export async function fillNativeId(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  { kind, id, nativeId }: { readonly kind: ResourceKind; readonly id: string; readonly nativeId: string },
): Promise<void> {
  await db
    .updateTable('links')
    .set({ native_id: nativeId })
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .execute();
}
