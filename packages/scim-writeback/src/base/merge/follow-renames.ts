import { foldKey } from '@oaa-kit/oaa';
import type { Link } from '../../directory/write-back.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import type { BaseRow } from './read-base.ts';

/**
 * In a base without ids a name is the key: whoever was in the base before and is renamed through SCIM has another native id
 * then, also where the adapter did not tell. Gives links with the native id that follows the name, as soon as a row shows
 * it: until then the application may still have the old one.
 *
 * @param previousKeys folded, of the base before
 * @param names of the live resources, folded with `foldCase`, by id
 */
export function followRenames(
  rows: readonly BaseRow[],
  links: Iterable<Link>,
  previousKeys: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): readonly Link[] {
  const keyOfName = new Map(
    rows.flatMap(({ key, entity }) => (entity.id === undefined ? [[foldCase(entity.name), key] as const] : [])),
  );
  return Array.from(links, (link) => {
    const name = names.get(link.id);
    if (link.state !== 'live' || link.nativeId === undefined || name === undefined) return link;
    if (!previousKeys.has(foldKey(link.nativeId))) return link;
    const key = keyOfName.get(name);
    return key === undefined || name === foldCase(link.nativeId) ? link : { ...link, nativeId: key };
  });
}
