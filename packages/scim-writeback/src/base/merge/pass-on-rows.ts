import { isEqual } from '@oaa-kit/oaa';
import type { BaseRow } from './read-base.ts';

/** Rows of a base, each with the id of its resource; null: none. */
export interface RowsWithIds {
  readonly rows: readonly BaseRow[];
  readonly ids: readonly (string | null)[];
}

/**
 * In a base without ids a row is known by its name. Where the row of a name is another resource's now, of which the base
 * before had none, and the former one has none any more, nothing has happened in the application: the row is there as it
 * was, and what it said of the former resource it said of whoever has the name now.
 *
 * @param shown the rows of the new base, by the ids of their resources
 * @param made ids of resources that the new base makes: nobody has their names but they
 * @returns the ids of the rows of the base before, as they are to be compared with
 */
export function passOnRows(
  { rows, ids }: RowsWithIds,
  shown: ReadonlyMap<string, BaseRow>,
  made: ReadonlySet<string>,
): readonly (string | null)[] {
  const isLeft = (id: string | null, index: number) =>
    id !== null && rows[index]?.entity.id === undefined && !shown.has(id);
  if (!ids.some(isLeft)) return ids;
  const known = new Set(ids);
  const heirs = new Map<string, string>();
  for (const [id, { foldedKey }] of shown) if (!known.has(id) && !made.has(id)) heirs.set(foldedKey, id);
  return ids.map((id, index) => {
    const row = rows[index] as BaseRow;
    const heir = isLeft(id, index) ? heirs.get(row.foldedKey) : undefined;
    const isAsBefore = heir !== undefined && isEqual(shown.get(heir)?.entity, row.entity);
    return isAsBefore ? heir : id;
  });
}
