import type { ScimObject, ScimValue } from '../schemas/scim-value.ts';

/** An object without a prototype, made of own names only; undefined where there would be no name. RFC 7643 s2.5. */
export function objectOf(members: Iterable<readonly [string, ScimValue]>): ScimObject | undefined {
  const object: Record<string, ScimValue> = Object.create(null);
  let empty = true;
  for (const [name, value] of members) {
    object[name] = value;
    empty = false;
  }
  return empty ? undefined : object;
}
