import { foldCase } from '../../protocol/text/fold-case.ts';
import type { RowMatch } from './match-by-key.ts';
import type { BaseRow } from './read-base.ts';

/**
 * In a base without ids the name is the key, and of somebody who is being renamed, or made, nobody can say which name the
 * application has by now. A row of the new name may be that one, whoever else it was found to be; and where there is one, a
 * row of the old name may be somebody who was hired under it since. Neither gets what is the other's: all are left open until
 * it is known. A row of nobody, under the name of somebody who is being made, is not disputed here.
 *
 * @param matches what rows were found to be by their keys; undefined: nobody yet
 * @param names of the live resources, folded with `foldCase`, by id
 * @param namesInFlight those that some of them, or some that are being made, are about to get
 */
export function disputeNamesInFlight(
  rows: readonly BaseRow[],
  matches: readonly (RowMatch | undefined)[],
  names: ReadonlyMap<string, string>,
  namesInFlight: ReadonlyMap<string, string>,
): readonly (RowMatch | undefined)[] {
  if (namesInFlight.size === 0) return matches;
  const idOfNew = new Map(Array.from(namesInFlight, ([id, name]) => [name, id]));
  const disputed = new Set<string>();
  const idOfOld = new Map<string, string>();
  const left = rows.map(({ entity }, index): RowMatch | undefined => {
    const match = matches[index];
    const id = entity.id === undefined ? idOfNew.get(foldCase(entity.name)) : undefined;
    if (id === undefined || match?.type === 'ambiguous') return match;
    if (match?.type === 'linked' && match.id === id) return match;
    const old = names.get(id);
    if (old !== undefined) {
      disputed.add(id);
      idOfOld.set(old, id);
    }
    if (match?.type === 'linked') return { type: 'ambiguous', ids: [id, match.id] };
    return match === undefined && old !== undefined ? { type: 'ambiguous', ids: [id] } : match;
  });
  return left.map((match, index) => {
    const old = idOfOld.get(foldCase(rows[index]?.entity.name ?? ''));
    const id = match === undefined ? old : match.type === 'linked' ? match.id : undefined;
    return id !== undefined && disputed.has(id) ? { type: 'ambiguous', ids: [id] } : match;
  });
}
