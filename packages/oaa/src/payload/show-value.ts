const shownLength = 60;

/** A value as messages show it: short, whatever it holds. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > shownLength ? `${value.slice(0, shownLength - 3)}...` : value);
}
