import type { Kysely } from 'kysely';
import { Turns } from '../../../turns/turns.ts';
import type { ResourceKind } from '../../directory.ts';
import type { Link } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { sqlLinkStore } from './link-store.ts';

type OfOrganization = Pick<Scope, 'organization'>;

/** All links of an organization, by kind and id. */
export type Links = Readonly<Record<ResourceKind, ReadonlyMap<string, Link>>>;

/** A live link of a resource that is gone. */
export interface Orphan {
  readonly kind: ResourceKind;
  readonly id: string;
  /** The revision of its deletion. */
  readonly since: number;
}

/**
 * Reads all links.
 *
 * @param orphans are given as the tombstones that they are going to be
 */
export async function readAllLinks(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  orphans: readonly Orphan[],
): Promise<Links> {
  const links = { User: new Map<string, Link>(), Group: new Map<string, Link>() };
  const turns = new Turns();
  for await (const part of sqlLinkStore(db, organization).all()) {
    for (const link of part) links[link.kind].set(link.id, link);
    if (turns.isOver) await turns.next();
  }
  for (const { kind, id, since } of orphans) {
    const link = links[kind].get(id);
    if (link !== undefined) links[kind].set(id, { ...link, state: 'tombstone', since });
  }
  return links;
}

/** Links of resources that were deleted by a service without write-back: they are to be tombstones of that deletion. */
export async function findOrphans(db: Kysely<Tables>, { organization }: OfOrganization): Promise<readonly Orphan[]> {
  const found = await db
    .selectFrom('links')
    .leftJoin('resources', (join) =>
      join.onRef('resources.organization', '=', 'links.organization').onRef('resources.id', '=', 'links.id'),
    )
    .select(['links.kind', 'links.id', 'links.since'])
    .where('links.organization', '=', organization)
    .where('links.state', '=', 'live')
    .where('resources.id', 'is', null)
    .execute();
  const orphans: Orphan[] = [];
  for (const { kind, id, since } of found) {
    const deletion = await db
      .selectFrom('changes')
      .select('revision')
      .where('organization', '=', organization)
      .where('id', '=', id)
      .where('operation', '=', 'delete')
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst();
    orphans.push({ kind, id, since: deletion?.revision ?? since });
  }
  return orphans;
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
