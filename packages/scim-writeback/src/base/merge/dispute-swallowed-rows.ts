import { foldCase } from '../../protocol/text/fold-case.ts';
import type { RowMatch } from './match-by-key.ts';
import type { BaseRow } from './read-base.ts';

/**
 * In a base without ids the name is the key, and the row of somebody who was deleted since the extraction began may be that
 * of another one, who was there before and has got the name. Where that one has no row else, it is left open: who may be in
 * the application is not gone. Of who was made since, it is no question: the row is of the old one.
 *
 * @param matches what rows were found to be; undefined: nobody yet
 * @param namesSince of the resources that got a name or lost theirs since then: all that they had at that time and later
 * @param then names of the live resources that were there at that time, folded with `foldCase`, by id
 */
export function disputeSwallowedRows(
  rows: readonly BaseRow[],
  matches: readonly (RowMatch | undefined)[],
  namesSince: ReadonlyMap<string, readonly string[]>,
  then: ReadonlyMap<string, string>,
): readonly (RowMatch | undefined)[] {
  if (!matches.some((match) => match?.type === 'swallowed')) return matches;
  const linked = new Set(matches.flatMap((match) => (match?.type === 'linked' ? [match.id] : [])));
  const bearers = new Map<string, Set<string>>();
  for (const [id, now] of then) {
    if (linked.has(id)) continue;
    for (const name of [now, ...(namesSince.get(id) ?? []).map(foldCase)]) {
      bearers.set(name, (bearers.get(name) ?? new Set()).add(id));
    }
  }
  return matches.map((match, index) => {
    const { entity } = rows[index] as BaseRow;
    if (match?.type !== 'swallowed' || entity.id !== undefined) return match;
    const ids = bearers.get(foldCase(entity.name));
    return ids === undefined ? match : { type: 'ambiguous', ids: [...ids] };
  });
}
