import { isObject, own } from '../json.ts';

/** Whether two JSON values are equal, item by item: the quick answer for the most of a payload that did not change. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    for (let index = 0; index < left.length; index += 1) if (!isEqual(left[index], right[index])) return false;
    return true;
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) if (!Object.hasOwn(right, key) || !isEqual(left[key], own(right, key))) return false;
  return true;
}
