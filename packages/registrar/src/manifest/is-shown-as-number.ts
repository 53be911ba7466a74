/** Whether a tenant shows a number in the place of a word, as a number or as its digits: it writes enums in both forms. */
export function isShownAsNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}
