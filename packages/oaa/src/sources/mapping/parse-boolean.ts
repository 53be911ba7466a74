import { InputError } from '../../errors/errors.ts';

const trueWords = ['true', 't', 'yes', 'y', '1', 'active', 'enabled'];
const falseWords = ['false', 'f', 'no', 'n', '0', 'inactive', 'disabled'];

/**
 * A parser of words for true and false, compared without regard to case and outer spaces. JSON booleans pass.
 * Anything else gives undefined: it is for the caller to report, and never false.
 *
 * @param ownTrue instead of: true, t, yes, y, 1, active, enabled
 * @param ownFalse instead of: false, f, no, n, 0, inactive, disabled
 * @throws InputError when a word is in both lists; own words win over those that are known
 */
export function compileBooleanParser(
  ownTrue?: readonly string[],
  ownFalse?: readonly string[],
): (value: unknown) => boolean | undefined {
  const words = new Map<string, boolean>();
  const add = (list: readonly string[] | undefined, meaning: boolean) => {
    for (const word of list ?? []) words.set(word.trim().toLowerCase(), meaning);
  };
  if (ownTrue === undefined) add(trueWords, true);
  if (ownFalse === undefined) add(falseWords, false);
  add(ownTrue, true);
  for (const word of ownFalse ?? []) {
    const both = ownTrue?.some((other) => other.trim().toLowerCase() === word.trim().toLowerCase());
    if (both === true) throw new InputError('input-invalid', `The word "${word}" means both true and false.`);
  }
  add(ownFalse, false);
  return (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    return words.get(String(value).trim().toLowerCase());
  };
}
