import { canonicalInstant } from '../protocol/filter/canonical-instant.ts';
import type { Attribute } from '../protocol/schemas/schema.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../protocol/schemas/scim-value.ts';
import { isOwnPart } from './readable.ts';

/** A text that is the same for two values where they say the same: the order of several values does not count. */
export function canonicalText(value: ScimValue, attribute: Attribute): string {
  if (Array.isArray(value)) {
    return JSON.stringify(value.map((one: ScimValue) => canonicalText(one, attribute)).toSorted());
  }
  if (isScimObject(value)) return JSON.stringify(inOrder(value, attribute));
  if (attribute.type === 'dateTime' && typeof value === 'string') return canonicalInstant(value) ?? value;
  return JSON.stringify(value);
}

/** A complex value for a payload: its own parts, in the order of the schema, whatever order they were written in. */
export function inOrder(value: ScimObject, { subAttributes = [] }: Attribute): ScimObject {
  const entries = subAttributes
    .filter((sub) => Object.hasOwn(value, sub.name) && isOwnPart(sub))
    .map(({ name }): [string, ScimValue] => [name, value[name] ?? '']);
  return Object.fromEntries(entries);
}
