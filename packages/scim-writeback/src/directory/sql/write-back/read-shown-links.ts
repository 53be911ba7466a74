import { foldKey } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import type { ResourceKind } from '../../directory.ts';
import type { Link } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { readNamesSince } from './read-changes-since.ts';

/**
 * Ids of the links whose native id is a key that a base has shown: other ids are what an adapter told, of which bases know
 * nothing. What neither this base nor the one before shows may have been shown earlier: where names are keys, to whoever was
 * called so once.
 *
 * @param keys folded, of this base and the one before
 */
export async function readShownLinks(
  db: Kysely<Tables>,
  scope: Pick<Scope, 'organization'>,
  kind: ResourceKind,
  links: Iterable<Link>,
  keys: ReadonlySet<string>,
  isKeyedByName: boolean,
): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  const others = new Map<string, string>();
  for (const { id, nativeId } of links) {
    if (nativeId === undefined) continue;
    if (keys.has(foldKey(nativeId))) shown.add(id);
    else if (isKeyedByName) others.set(id, foldCase(nativeId));
  }
  const every = Array.from(others.keys(), (id) => ({ kind, id, deletedAt: undefined }));
  for (const [id, names] of await readNamesSince(db, scope, every, beforeAll)) {
    if (names.some((name) => foldCase(name) === others.get(id))) shown.add(id);
  }
  return shown;
}

/** A revision before the first. */
const beforeAll = -1;
