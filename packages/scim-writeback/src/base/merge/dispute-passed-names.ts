import { foldCase } from '../../protocol/text/fold-case.ts';
import type { RowMatch } from './match-by-key.ts';
import type { BaseRow } from './read-base.ts';

/**
 * In a base without ids the name is the key, and a name that another resource got, or gave up, since the extraction began
 * may stand for either: nobody can say whether the row was read before or after. Such rows are left open, and with them those
 * of the other names that one of the two had since then: there may be somebody else under them.
 *
 * @param matches what rows were found to be by their keys; undefined: nobody yet
 * @param namesSince of the resources that got a name or lost theirs since then: all that they had at that time and later
 */
export function disputePassedNames(
  rows: readonly BaseRow[],
  matches: readonly (RowMatch | undefined)[],
  namesSince: ReadonlyMap<string, readonly string[]>,
): readonly (RowMatch | undefined)[] {
  const bearers = new Map<string, Set<string>>();
  for (const [id, names] of namesSince) {
    for (const name of names) {
      const folded = foldCase(name);
      bearers.set(folded, (bearers.get(folded) ?? new Set()).add(id));
    }
  }
  const contested = new Set<string>();
  const disputed = matches.map((match, index) => {
    const { entity } = rows[index] as BaseRow;
    if (match?.type !== 'linked' || entity.id !== undefined) return match;
    const ids = new Set(bearers.get(foldCase(entity.name))).add(match.id);
    if (ids.size < 2) return match;
    for (const id of ids) if (namesSince.has(id)) contested.add(id);
    return { type: 'ambiguous' as const, ids: [...ids] };
  });
  return disputed.map((match, index) => {
    if (match?.type !== 'linked' || rows[index]?.entity.id !== undefined) return match;
    return contested.has(match.id) ? { type: 'ambiguous', ids: [match.id] } : match;
  });
}
