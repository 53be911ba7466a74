import { isObject, type JsonObject, own } from '../json.ts';
import { foldKey } from '../keys.ts';
import { canonicalText } from './canonical-text.ts';
import type { FieldChange } from './difference.ts';
import { isEqual } from './is-equal.ts';
import { withoutSecrets } from './without-secrets.ts';

const propertiesKey = 'custom_properties';
const nothing: JsonObject = {};

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Items of a list in an order of their own, each once: lists of an entity are sets on the tenant. */
function asSet(list: readonly unknown[]): string {
  return [...new Set(list.map(canonicalText))].sort().join();
}

function isSame(before: unknown, after: unknown): boolean {
  if (isEqual(before, after) || (isNothing(before) && isNothing(after))) return true;
  if (typeof before !== 'object' || typeof after !== 'object') return false;
  if (Array.isArray(before) && Array.isArray(after)) return asSet(before) === asSet(after);
  return canonicalText(before) === canonicalText(after);
}

function byFoldedName(properties: JsonObject): ReadonlyMap<string, readonly [name: string, value: unknown]> {
  return new Map(Object.entries(properties).map(([name, value]) => [foldKey(name), [name, value]]));
}

/** Custom properties one by one. A list of texts keeps its order here: it is a value, not a set. */
function changedProperties(before: JsonObject, after: JsonObject): FieldChange[] {
  if (isEqual(before, after)) return [];
  const old = byFoldedName(before);
  const current = byFoldedName(after);
  const changes: FieldChange[] = [];
  for (const folded of new Set([...old.keys(), ...current.keys()])) {
    const [oldName, from] = old.get(folded) ?? [];
    const [name = oldName ?? folded, to] = current.get(folded) ?? [];
    if (isEqual(from, to) || canonicalText(from) === canonicalText(to)) continue;
    changes.push({
      field: `${propertiesKey}.${name}`,
      from: withoutSecrets(name, from),
      to: withoutSecrets(name, to),
    });
  }
  return changes;
}

function propertiesOf(entity: JsonObject): JsonObject {
  const properties = own(entity, propertiesKey);
  return isObject(properties) ? properties : nothing;
}

/**
 * The fields in which two states of an entity differ, by name. A missing key, `null` and an empty list are the same;
 * lists are compared as sets, custom properties one by one and by their folded names.
 *
 * @param skipped keys that are told elsewhere
 */
export function changedFields(before: JsonObject, after: JsonObject, skipped: ReadonlySet<string>): FieldChange[] {
  const changes: FieldChange[] = [];
  const compare = (field: string): void => {
    if (skipped.has(field) || field === propertiesKey) return;
    const from = own(before, field);
    const to = own(after, field);
    if (isSame(from, to)) return;
    changes.push({ field, from: withoutSecrets(field, from), to: withoutSecrets(field, to) });
  };
  for (const field of Object.keys(before)) compare(field);
  for (const field of Object.keys(after)) if (!Object.hasOwn(before, field)) compare(field);
  changes.push(...changedProperties(propertiesOf(before), propertiesOf(after)));
  return changes.sort((left, right) => (left.field < right.field ? -1 : 1));
}
