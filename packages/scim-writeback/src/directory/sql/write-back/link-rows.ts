import { foldKey } from '@oaa-kit/oaa';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ResourceKind } from '../../directory.ts';
import type { Link } from '../../write-back.ts';
import { chunks } from '../chunks.ts';
import { compileOnce } from '../compile-once.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const linkColumns = ['kind', 'id', 'key', 'native_id', 'state', 'since'] as const;

/** Gives no row where another live link of the kind has the key. */
const insertLink = compileOnce((db, given: Tables['links']) =>
  db
    .insertInto('links')
    .values({
      organization: given.organization,
      kind: given.kind,
      id: given.id,
      key: given.key,
      folded_key: given.folded_key,
      native_id: given.native_id,
      state: given.state,
      since: given.since,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);

/**
 * Links a resource to its key, once and for ever. Called in the transaction that makes the resource, after its change row:
 * `since` is the number of that.
 *
 * @returns false when a live link of the kind has the key (by `foldKey`), or the resource is linked already: nothing was
 * written then
 */
export async function createLink(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  { kind, id, key, nativeId, since }: Omit<Link, 'state'>,
): Promise<boolean> {
  const made = await insertLink(db, {
    organization,
    kind,
    id,
    key,
    folded_key: foldKey(key),
    native_id: nativeId ?? null,
    state: 'live',
    since,
  });
  return made.length > 0;
}

const buryLink = compileOnce((db, given: { organization: string; kind: ResourceKind; id: string; since: number }) =>
  db
    .updateTable('links')
    .set({ state: 'tombstone', since: given.since })
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .where('id', '=', given.id)
    .where('state', '=', 'live'),
);

/**
 * Makes the link of a deleted resource a tombstone, which swallows grants of bases that were extracted before. Called in
 * the transaction that deletes the resource, after its change row.
 *
 * @param since the revision of the deletion
 */
export async function tombstoneLink(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  kind: ResourceKind,
  id: string,
  since: number,
): Promise<void> {
  await buryLink(db, { organization, kind, id, since });
}

/** In the words of `links_by_key`, so that it is used. */
const selectKeys = compileOnce((db, given: { organization: string; kind: ResourceKind; keys: string }) =>
  db
    .selectFrom('links')
    .select('folded_key')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .where('folded_key', 'in', idsOf(given.keys))
    .where(sql<boolean>`state = 'live'`),
);

/** Those of some keys that live links of a kind have, all folded with `foldKey`. */
export async function liveKeys(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  kind: ResourceKind,
  foldedKeys: readonly string[],
): Promise<readonly string[]> {
  const rows = await selectKeys(db, { organization, kind, keys: JSON.stringify(foldedKeys) });
  return rows.map(({ folded_key }) => folded_key);
}

const selectLinks = compileOnce((db, given: { organization: string; ids: string }) =>
  db
    .selectFrom('links')
    .select(linkColumns)
    .where('organization', '=', given.organization)
    .where('id', 'in', idsOf(given.ids)),
);

/** The links of resources, live or not, by `linkId`; ids that have none are left out. */
export async function readLinks(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Link>> {
  const found = new Map<string, Link>();
  for (const part of chunks(ids)) {
    const rows = await selectLinks(db, { organization, ids: JSON.stringify(part) });
    for (const row of rows) found.set(linkId(row.kind, row.id), toLink(row));
  }
  return found;
}

/** A resource as a key of maps. */
export function linkId(kind: ResourceKind, id: string): string {
  return `${kind} ${id}`;
}

/** A link from its row. */
export function toLink({
  kind,
  id,
  key,
  native_id,
  state,
  since,
}: Pick<Selectable<Tables['links']>, (typeof linkColumns)[number]>): Link {
  return { kind, id, key, nativeId: native_id ?? undefined, state, since };
}
