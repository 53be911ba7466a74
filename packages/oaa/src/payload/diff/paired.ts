/** An item with the folded key that it is compared by. */
export type Keyed<Item> = readonly [key: string, item: Item];

/** An item of the old side, of the new side, or of both. */
export type Pair<Item> = readonly [before: Item, after: Item | undefined] | readonly [before: undefined, after: Item];

/**
 * Puts items with the same key together: first all of the old side in its order, then what only the new side has in
 * its order. Of several items with one key on one side, the first counts.
 */
export function* paired<Item>(before: Iterable<Keyed<Item>>, after: Iterable<Keyed<Item>>): Generator<Pair<Item>> {
  const current = new Map<string, Item>();
  for (const [key, item] of after) if (!current.has(key)) current.set(key, item);
  const seen = new Set<string>();
  for (const [key, item] of before) {
    if (seen.has(key)) continue;
    seen.add(key);
    const match = current.get(key);
    current.delete(key);
    yield [item, match];
  }
  for (const item of current.values()) yield [undefined, item];
}
