/** An item with the folded key that it is compared by. */
export type Keyed<Item> = readonly [key: string, item: Item];

/** An item of the old side, of the new side, or of both. */
export type Pair<Item> = readonly [before: Item, after: Item | undefined] | readonly [before: undefined, after: Item];

/** Stands for an item that was told already. */
const told = Symbol('told');

/**
 * Puts items with the same key together: first all of the old side in its order, then what only the new side has in
 * its order. Of several items with one key on one side, the first counts.
 */
export function* paired<Item>(before: Iterable<Keyed<Item>>, after: Iterable<Keyed<Item>>): Generator<Pair<Item>> {
  const current = new Map<string, Item | typeof told>();
  for (const [key, item] of after) if (!current.has(key)) current.set(key, item);
  for (const [key, item] of before) {
    const match = current.get(key);
    if (match === told) continue;
    current.set(key, told);
    yield [item, match];
  }
  for (const item of current.values()) if (item !== told) yield [undefined, item];
}
