import { isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { entityChange } from './application-differences.ts';
import { canonicalText } from './canonical-text.ts';
import type { EntityDifference } from './difference.ts';
import { factKey } from './identity-grants.ts';
import { type Keyed, paired } from './paired.ts';

const noKeys: ReadonlySet<string> = new Set();
/** Where an id alone names nothing: enriched entities are named by type and data source, too. */
const furtherKeys = ['type', 'data_source_id'] as const;

/** An item of a list at the root, with how it is called. */
export interface ListedItem {
  readonly key: string;
  readonly item: unknown;
}

function keyOfItem(list: string, item: unknown): string {
  if (!isObject(item)) return canonicalText(item);
  const key = textOf(item, 'id') ?? textOf(item, 'identity') ?? textOf(item, 'name');
  if (key === undefined) return canonicalText(item);
  if (list !== 'enriched_entities') return key;
  return [...furtherKeys.flatMap((name) => textOf(item, name) ?? []), key].join(' ');
}

/** The lists at the root of a payload. */
export function rootLists(payload: JsonObject): string[] {
  return Object.keys(payload).filter((key) => Array.isArray(payload[key]));
}

/** The items of a list at the root, by id, identity or name; one that has none of them by its whole content. */
export function* listedItems(payload: JsonObject, list: string): Generator<Keyed<ListedItem>> {
  const times = new Map<string, number>();
  for (const item of listOf(payload, list)) {
    const key = keyOfItem(list, item);
    const folded = factKey(key);
    const time = (times.get(folded) ?? 0) + 1;
    times.set(folded, time);
    yield [time === 1 ? folded : factKey(key, String(time)), { key, item }];
  }
}

function objectOf(item: ListedItem | undefined): JsonObject | undefined {
  if (item === undefined) return undefined;
  return isObject(item.item) ? item.item : { value: item.item };
}

/**
 * Differences of a payload of any template but `application`: the items of the lists at its root by id, identity or
 * name, field by field, and as the kind `root` what stands beside the lists. Memberships and the like are not told
 * apart there: they appear as changed fields of the entity that lists them.
 */
export function* shallowDifferences(before: JsonObject, after: JsonObject): Generator<EntityDifference> {
  const lists = new Set([...rootLists(before), ...rootLists(after)]);
  const root = entityChange(before, after, lists);
  if (root !== undefined) yield { kind: 'root', key: textOf(after, 'name') ?? '', ...root };
  for (const kind of lists) {
    for (const [old, current] of paired(listedItems(before, kind), listedItems(after, kind))) {
      const change = entityChange(objectOf(old), objectOf(current), noKeys);
      const shown = current ?? old;
      if (change !== undefined && shown !== undefined) yield { kind, key: shown.key, ...change };
    }
  }
}
