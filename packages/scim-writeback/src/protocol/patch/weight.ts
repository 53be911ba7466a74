/** How much text counts as much as one value. */
const charactersPerStep = 256;

/**
 * How many steps it takes to look at all of a JSON value: one for itself and for each member of objects and lists within
 * it, and one for every 256 characters of text. Needs no stack, however deep the value is.
 */
export function weightOf(value: unknown): number {
  let weight = 1;
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') weight += Math.floor(next.length / charactersPerStep);
    if (typeof next !== 'object' || next === null) continue;
    const members: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    weight += members.length;
    for (const member of members) {
      if (typeof member === 'object' ? member !== null : typeof member === 'string') waiting.push(member);
    }
  }
  return weight;
}
