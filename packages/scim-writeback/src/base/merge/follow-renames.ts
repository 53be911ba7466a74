import { foldKey, isEqual } from '@oaa-kit/oaa';
import type { Link } from '../../directory/write-back.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import type { BaseRow } from './read-base.ts';

/** A row of a base with the id that it was linked to. */
export interface LinkedRow {
  readonly row: BaseRow;
  readonly id: string | null;
}

/** What was done to names since an extraction began, other than by bases. */
export interface NamesSince {
  /** The organization's revision before it began. */
  readonly asOf: number;
  /** For each that got another name or was deleted, the names that it had then and later. */
  readonly renamed: ReadonlyMap<string, readonly string[]>;
}

interface Renamed {
  readonly id: string;
  readonly name: string;
  readonly nativeId: string;
  readonly isBearer: boolean;
}

/**
 * Renamed links of which the application still says the old name: the base before had both names, the new one as that of
 * another, this one has both, and the old one is nobody else's. Who still has the old name does not have the new one, so
 * that the next of a chain may be told in turn.
 *
 * @param bearers how many are known to be called so, by folded name; without those that are found afterwards
 */
function notYetRenamed(renamed: readonly Renamed[], bearers: Map<string, number>): ReadonlySet<string> {
  const byNative = new Map(renamed.map((link) => [foldCase(link.nativeId), link]));
  const found = new Set<string>();
  const open = [...renamed];
  for (let link = open.pop(); link !== undefined; link = open.pop()) {
    if (found.has(link.id) || (bearers.get(foldCase(link.nativeId)) ?? 0) > 0) continue;
    found.add(link.id);
    if (link.isBearer) bearers.set(link.name, (bearers.get(link.name) ?? 0) - 1);
    const next = byNative.get(link.name);
    if (next !== undefined) open.push(next);
  }
  return found;
}

/**
 * In a base without ids a name is the key: whoever was in the base before and is renamed through SCIM has another native id
 * then, also where the adapter did not tell. Gives links with the native id that follows the name, as soon as a row shows
 * it, also of who was deleted since the extraction began: until then the application may still have the old one. But where
 * another resource had the old name already when the extraction began, and the application calls it so, the old name is that
 * one's; and where the rows of both names were in the base before, as those of two, are as they were, and nobody else has the
 * old one, the application has not renamed anybody yet.
 *
 * @param previous the rows of the base before by folded key, each with the id that it was linked to
 * @param live names of the live resources, folded with `foldCase`, by id
 * @param shown ids of links whose native id is one that bases have shown, and so a name
 */
export function followRenames(
  rows: readonly BaseRow[],
  links: Iterable<Link>,
  previous: ReadonlyMap<string, LinkedRow>,
  { asOf, renamed }: NamesSince,
  live: ReadonlyMap<string, string>,
  shown: ReadonlySet<string>,
): readonly Link[] {
  const keyOfName = new Map(
    rows.flatMap(({ key, entity }) => (entity.id === undefined ? [[foldCase(entity.name), key] as const] : [])),
  );
  const byKey = new Map(rows.map((row) => [row.foldedKey, row]));
  /** The last one since then that a row shows, else the present one. Undefined for who was deleted, where no row shows any. */
  const nameOf = ({ id, state }: Link): string | undefined => {
    const shown = (renamed.get(id) ?? []).map(foldCase).findLast((name) => keyOfName.has(name));
    return shown ?? (state === 'live' ? live.get(id) : undefined);
  };
  /** Whose row the base before had under a name that this one has in the same way. */
  const bearerOf = (key: string) => {
    const before = previous.get(foldKey(key));
    const isAsBefore = isEqual(byKey.get(foldKey(key))?.entity, before?.row.entity);
    return isAsBefore ? (before?.id ?? undefined) : undefined;
  };
  const all = [...links];
  // Of younger names the row may be that of whoever had it before: with its grants.
  const bearers = new Map<string, number>();
  const open: Renamed[] = [];
  for (const link of all) {
    const { id, since, nativeId } = link;
    const name = nameOf(link);
    if (name === undefined) continue;
    const isSame = nativeId === undefined || foldCase(nativeId) === name;
    const isBearer = since <= asOf && !renamed.has(id) && (isSame || shown.has(id));
    if (isBearer) bearers.set(name, (bearers.get(name) ?? 0) + 1);
    const key = keyOfName.get(name);
    if (isSame || key === undefined || bearerOf(nativeId) !== id) continue;
    const former = bearerOf(key);
    if (former !== undefined && former !== id) open.push({ id, name, nativeId, isBearer });
  }
  const kept = notYetRenamed(open, bearers);
  return all.flatMap((link) => {
    const name = nameOf(link);
    if (link.nativeId === undefined || name === undefined) return [link];
    if (!shown.has(link.id) || kept.has(link.id)) return [link];
    const native = foldCase(link.nativeId);
    if (name === native) return [link];
    const key = keyOfName.get(name);
    if (key !== undefined) return [{ ...link, nativeId: key }];
    const isTaken = (bearers.get(native) ?? 0) > 0;
    return isTaken && !renamed.has(link.id) ? [] : [link];
  });
}
