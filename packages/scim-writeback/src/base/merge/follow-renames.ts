import { foldKey } from '@oaa-kit/oaa';
import type { Link } from '../../directory/write-back.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import type { BaseRow } from './read-base.ts';

/**
 * In a base without ids a name is the key: whoever was in the base before and is renamed through SCIM has another native id
 * then, also where the adapter did not tell. Gives links with the native id that follows the name, as soon as a row shows
 * it: until then the application may still have the old one. But where another resource had the old name already when the
 * extraction began, and the application calls it so, the old name is that one's.
 *
 * @param previousKeys folded, of the base before
 * @param asOf the organization's revision before the extraction began
 * @param renamed ids of those that got their names after it, but for what bases did
 * @param names of the live resources, folded with `foldCase`, by id
 */
export function followRenames(
  rows: readonly BaseRow[],
  links: Iterable<Link>,
  previousKeys: ReadonlySet<string>,
  { asOf, renamed }: { readonly asOf: number; readonly renamed: ReadonlySet<string> },
  names: ReadonlyMap<string, string>,
): readonly Link[] {
  const keyOfName = new Map(
    rows.flatMap(({ key, entity }) => (entity.id === undefined ? [[foldCase(entity.name), key] as const] : [])),
  );
  const keys = new Set(rows.map(({ foldedKey }) => foldedKey));
  // An adapter may tell ids that are no names, and of which bases know nothing.
  const isName = (nativeId: string) => keys.has(foldKey(nativeId)) || previousKeys.has(foldKey(nativeId));
  const all = [...links];
  // Of younger names the row may be that of whoever had it before: with its grants.
  const bearers = new Set(
    all.flatMap(({ id, state, since, nativeId }) => {
      const name = names.get(id);
      if (state !== 'live' || since > asOf || renamed.has(id) || name === undefined) return [];
      const isNamed = nativeId === undefined || foldCase(nativeId) === name || isName(nativeId);
      return isNamed ? [name] : [];
    }),
  );
  return all.flatMap((link) => {
    const name = names.get(link.id);
    if (link.state !== 'live' || link.nativeId === undefined || name === undefined) return [link];
    if (!isName(link.nativeId)) return [link];
    const native = foldCase(link.nativeId);
    if (name === native) return [link];
    const key = keyOfName.get(name);
    if (key !== undefined) return [{ ...link, nativeId: key }];
    return bearers.has(native) && !renamed.has(link.id) ? [] : [link];
  });
}
