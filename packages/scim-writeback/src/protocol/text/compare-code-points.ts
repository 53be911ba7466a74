const firstSurrogate = 0xd800;
const afterSurrogates = 0xe000;

/** Negative, zero or positive as `left` comes before, with or after `right`, by code point: the order of UTF-8 bytes. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0) return rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
  }
  return left.length - right.length;
}

/** Of UTF-16 units, surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= firstSurrogate && unit < afterSurrogates ? unit + 0x10000 : unit;
}
