import { foldCase } from '../../protocol/text/fold-case.ts';
import type { RowMatch } from './match-by-key.ts';
import type { BaseRow } from './read-base.ts';

/**
 * In a base without ids the name is the key, and a name that another resource got, or gave up, since the extraction began
 * may stand for either: nobody can say whether the row was read before or after. Such rows are left open.
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
  return matches.map((match, index) => {
    const { entity } = rows[index] as BaseRow;
    if (match?.type !== 'linked' || entity.id !== undefined) return match;
    const ids = new Set(bearers.get(foldCase(entity.name))).add(match.id);
    return ids.size > 1 ? { type: 'ambiguous', ids: [...ids] } : match;
  });
}
