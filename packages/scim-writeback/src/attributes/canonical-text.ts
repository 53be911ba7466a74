import { canonicalInstant } from '../protocol/filter/canonical-instant.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../protocol/schemas/scim-value.ts';
import type { MappedProperty } from './attribute-mapping.ts';

/**
 * A text that is the same for two values of an attribute where they say the same: the order of several values does not
 * count. Of a text, it is the text itself.
 */
export function canonicalText(value: ScimValue, property: MappedProperty): string {
  if (Array.isArray(value)) {
    return JSON.stringify(value.map((one: ScimValue) => canonicalText(one, property)).toSorted());
  }
  if (isScimObject(value)) return JSON.stringify(inOrder(value, property));
  const { type } = property.sub ?? property.attribute;
  if (typeof value !== 'string') return String(value);
  return type === 'dateTime' ? (canonicalInstant(value) ?? value) : value;
}

/** A complex value for a payload: the parts that are carried, in one order, whatever order they were written in. */
export function inOrder(value: ScimObject, { parts }: MappedProperty): ScimObject {
  const ordered: Record<string, ScimValue> = Object.create(null);
  for (const { name } of parts) {
    const part = Object.hasOwn(value, name) ? value[name] : undefined;
    if (part !== undefined) ordered[name] = part;
  }
  return ordered;
}
