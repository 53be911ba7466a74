import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import { valueKey } from '../values/value-key.ts';

/**
 * A value that replaces another, with the readOnly sub-attributes of the stored value where a client left the rest of it
 * as it was: what is sent back unchanged is no change. RFC 7644 s3.5.1.
 */
export function carryReadOnly(value: ScimValue, stored: ScimValue | undefined, attribute: Attribute): ScimValue {
  const names = (attribute.subAttributes ?? []).filter((sub) => sub.mutability === 'readOnly').map(({ name }) => name);
  if (names.length === 0 || stored === undefined) return value;
  if (isScimObject(value)) return isScimObject(stored) ? carry(value, stored, names) : value;
  if (!Array.isArray(value) || !Array.isArray(stored)) return value;
  const before = new Map(stored.map((one: ScimValue) => [valueKey(one, attribute), one]));
  return value.map((one: ScimValue) => {
    const same = before.get(valueKey(one, attribute));
    return isScimObject(one) && isScimObject(same) ? carry(one, same, names) : one;
  });
}

function carry(value: ScimObject, stored: ScimObject, names: readonly string[]): ScimObject {
  const writable: Record<string, ScimValue> = Object.assign(Object.create(null), stored);
  for (const name of names) delete writable[name];
  return sameValue(value, writable) ? stored : value;
}
