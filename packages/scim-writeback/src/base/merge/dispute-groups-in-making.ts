import { foldCase } from '../../protocol/text/fold-case.ts';
import type { RowMatch } from './match-by-key.ts';
import type { BaseRow } from './read-base.ts';

/**
 * Groups may share a name: a row of nobody, under the name of a group that is being made, may be that one, and would be there
 * twice when it is made. It is left open until it is known.
 *
 * @param matches what rows were found to be; undefined: nobody
 * @param namesInMaking of the groups that are being made, folded with `foldCase`
 */
export function disputeGroupsInMaking(
  rows: readonly BaseRow[],
  matches: readonly (RowMatch | undefined)[],
  namesInMaking: ReadonlySet<string>,
): readonly (RowMatch | undefined)[] {
  if (namesInMaking.size === 0) return matches;
  return matches.map((match, index) => {
    const name = foldCase(rows[index]?.entity.name ?? '');
    return match === undefined && namesInMaking.has(name) ? { type: 'ambiguous', ids: [] } : match;
  });
}
