const highest = 0x10ffff;

/**
 * The first text, by code point, behind all those that begin with `prefix`; undefined where none is. So
 * `text >= prefix and text < afterPrefix(prefix)` finds them in an index.
 *
 * @example afterPrefix('jan') // 'jao'
 */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (one) => one.codePointAt(0) ?? 0);
  while (points.at(-1) === highest) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Half of a surrogate pair is no character.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  // One by one: a long text has more characters than a call may have arguments.
  return [...points, next].map((point) => String.fromCodePoint(point)).join('');
}
