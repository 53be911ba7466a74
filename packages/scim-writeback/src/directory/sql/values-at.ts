import { isScimObject, ownMember, type ScimValue } from '../../protocol/schemas/scim-value.ts';

/** All values that a path of names leads to, through the single values of lists: `['emails', 'value']`. */
export function valuesAt(container: ScimValue, [name, ...below]: readonly string[]): readonly ScimValue[] {
  if (name === undefined) return [container];
  const value = isScimObject(container) ? ownMember(container, name) : undefined;
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((one: ScimValue) => valuesAt(one, below));
}
