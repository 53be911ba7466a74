const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** The literal or number of JSON that a word spells, or undefined where it spells none. RFC 7644 s3.4.2.2, RFC 8259 s3, s6. */
export function readWordValue(word: string): { readonly value: number | boolean | null } | undefined {
  const literal = literals.get(word);
  if (literal !== undefined) return { value: literal };
  const first = word.charCodeAt(0);
  if (first !== 0x2d && !(first >= 0x30 && first <= 0x39)) return undefined;
  const number = jsonNumber(word);
  // -0 is the number 0; what no double can hold cannot be compared.
  return number === undefined || !Number.isFinite(number) ? undefined : { value: number + 0 };
}

function jsonNumber(word: string): number | undefined {
  try {
    return JSON.parse(word) as number;
  } catch {
    return undefined;
  }
}
