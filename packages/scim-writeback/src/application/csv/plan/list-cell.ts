import { foldKey } from '@oaa-kit/oaa';
import { Refusal } from '../refusal.ts';

function itemsOf(cell: string, list: string | undefined): readonly string[] {
  return (list === undefined ? [cell] : cell.split(list)).filter((item) => item.trim() !== '');
}

/**
 * A cell with more keys in it; those that it has stay as they are.
 *
 * @param list what stands between them; undefined where a cell takes one
 * @throws Refusal for a key that the cell cannot take
 */
export function withItems(cell: string, keys: readonly string[], list: string | undefined, where: string): string {
  const items = itemsOf(cell, list);
  const known = new Set(items.map((item) => foldKey(item.trim())));
  const added = keys.filter((key) => !known.has(foldKey(key)));
  if (added.length === 0) return cell;
  if (list === undefined && items.length + added.length > 1) {
    throw new Refusal(`${where} takes one value, and would have ${JSON.stringify([...items, ...added])}`, 'conflict');
  }
  const unfit = list === undefined ? undefined : added.find((key) => key.includes(list));
  if (unfit !== undefined)
    throw new Refusal(`${where} cannot take ${JSON.stringify(unfit)}: it has the delimiter in it`);
  return [...items, ...added].join(list);
}

/** A cell without some keys; the others stay as they are. */
export function withoutItems(cell: string, keys: readonly string[], list: string | undefined): string {
  const gone = new Set(keys.map((key) => foldKey(key.trim())));
  const items = itemsOf(cell, list);
  const left = items.filter((item) => !gone.has(foldKey(item.trim())));
  return left.length === items.length ? cell : left.join(list).trim();
}
