import { isObject, own } from '../payload/json.ts';

const maximumDepth = 64;

/** Whether a tenant that was sent one value can show the other: it may leave things out, and show numbers for words. */
export function canShow(sent: unknown, shown: unknown, depth = 0): boolean {
  const saysNothing = shown === undefined || shown === null || shown === '';
  if (saysNothing || sent === null || depth > maximumDepth) return true;
  if (typeof sent === 'string' && typeof shown === 'number') return true;
  if (Array.isArray(sent)) {
    if (!Array.isArray(shown) || shown.length !== sent.length) return false;
    return sent.every((item) => shown.some((other) => canShow(item, other, depth + 1)));
  }
  if (isObject(sent)) {
    return isObject(shown) && Object.keys(sent).every((key) => canShow(sent[key], own(shown, key), depth + 1));
  }
  return sent === shown;
}
