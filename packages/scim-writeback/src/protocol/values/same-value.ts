import { isScimObject, type ScimValue } from '../schemas/scim-value.ts';

/** Whether two values are equal in every part; the order of names does not count, the order of lists does. */
export function sameValue(left: ScimValue | undefined, right: ScimValue | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value, index) => sameValue(value, right[index]));
  }
  if (!isScimObject(left) || !isScimObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameValue(left[name], right[name]))
  );
}
